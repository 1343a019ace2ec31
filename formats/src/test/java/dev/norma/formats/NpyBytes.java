package dev.norma.formats;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files for tests: built byte by byte, or written by numpy (see README.md beside those). */
final class NpyBytes {
  private NpyBytes() {}

  /** Returns a whole file of the given format version, its header not padded. */
  static byte[] file(int version, String header, byte... data) {
    return file(version, header.getBytes(StandardCharsets.UTF_8), data);
  }

  static byte[] file(int version, byte[] header, byte... data) {
    ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    length.putInt(0, header.length);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(NpyHeader.MAGIC);
    out.write(version);
    out.write(0);
    out.write(length.array(), 0, version == 1 ? 2 : 4);
    out.writeBytes(header);
    out.writeBytes(data);
    return out.toByteArray();
  }

  /** Returns a header as numpy would write it, but for the padding. */
  static String header(String descr, boolean fortran, String shape) {
    return "{'descr': '"
        + descr
        + "', 'fortran_order': "
        + (fortran ? "True" : "False")
        + ", 'shape': "
        + shape
        + ", }";
  }

  /** Copies a file that numpy wrote into a directory. */
  static Path numpy(Path directory, String name) {
    try (InputStream in = NpyBytes.class.getResourceAsStream(name + ".npy")) {
      return Files.write(directory.resolve(name + ".npy"), in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the whole array in C order of its indices, by its offset and strides. */
  static double[] values(NpyFile file) {
    long[] shape = file.array().shape();
    long[] strides = file.array().strides();
    double[] values = new double[(int) file.array().size()];
    for (int i = 0; i < values.length; i++) {
      long at = file.array().offset();
      long rest = i;
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        at += rest % shape[axis] * strides[axis];
        rest /= shape[axis];
      }
      values[i] = file.array().elements().get(at);
    }
    return values;
  }
}
