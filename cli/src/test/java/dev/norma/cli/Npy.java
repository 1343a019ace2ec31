package dev.norma.cli;

import dev.norma.formats.NpyWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes small .npy files. */
final class Npy {
  private Npy() {}

  /** Writes binary64 numbers. */
  static Path doubles(Path file, long[] shape, double... values) {
    try {
      NpyWriter.write(file, shape, values);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a file of format version 1.0 byte by byte. */
  static Path raw(Path file, String descr, String shape, byte... data) {
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(descr, shape);
    String padded = header + " ".repeat(117 - header.length()) + "\n";
    byte[] text = padded.getBytes(StandardCharsets.US_ASCII);
    byte[] all = new byte[10 + text.length + data.length];
    byte[] start = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, 0};
    System.arraycopy(start, 0, all, 0, start.length);
    System.arraycopy(text, 0, all, start.length, text.length);
    System.arraycopy(data, 0, all, start.length + text.length, data.length);
    try {
      return Files.write(file, all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
