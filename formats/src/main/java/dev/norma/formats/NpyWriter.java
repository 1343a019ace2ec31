package dev.norma.formats;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.StringJoiner;

/**
 * Writes arrays as NumPy {@code .npy} files: format version 1.0, byte for byte as numpy writes
 * them.
 *
 * <p>A file appears whole or not at all: it is written beside its place under another name, forced
 * to the device, and renamed. When a call fails, a file that stood there is unchanged, and nothing
 * is left behind; nor is it when the JVM is told to end meanwhile. A file that is replaced hands
 * down its permissions; through a symbolic link, the file that it leads to is replaced.
 *
 * <p>The methods may be called by any number of threads; of several that write one file, the last
 * to finish wins. The values must not change meanwhile.
 */
public final class NpyWriter {
  private static final int MOST_DIMENSIONS = 32;
  private static final int ALIGNMENT = 64;

  /** The spaces that numpy leaves for the first size to grow. */
  private static final int ROOM_TO_GROW = 21;

  /** How many values are converted and written at a time. */
  private static final int TILE = 128 * 1024;

  private static final NpyDescr F8 = new NpyDescr(NpyType.FLOAT64, ByteOrder.LITTLE_ENDIAN);

  private NpyWriter() {}

  /**
   * Writes an array of binary64 numbers in C order as elements {@code <f8}.
   *
   * @param path where to; its directory must exist
   * @param shape the size of each dimension; none for an array without dimensions, of one value
   * @param values the values in C order: the last index moves fastest
   * @throws IllegalArgumentException if there are more than 32 dimensions, a size is negative, or
   *     the number of values is not the product of the sizes
   * @throws IOException if the file cannot be written; the message leaves out the path
   */
  public static void write(Path path, long[] shape, double[] values) throws IOException {
    Objects.requireNonNull(values, "values");
    write(path, shape, MemorySegment.ofArray(values));
  }

  /**
   * Writes an array of any size of binary64 numbers in C order as elements {@code <f8}.
   *
   * @param path where to; its directory must exist
   * @param shape the size of each dimension; none for an array without dimensions, of one value
   * @param values the values in C order, binary64 in the native byte order at any alignment; the
   *     segment stays the caller's, must be readable by the calling thread, and may be a mapping of
   *     the very file that is replaced
   * @throws IllegalArgumentException if there are more than 32 dimensions, a size is negative, or
   *     the size of the segment is not that of as many values as the product of the sizes
   * @throws IllegalStateException if the segment is closed
   * @throws IOException if the file cannot be written; the message leaves out the path
   */
  public static void write(Path path, long[] shape, MemorySegment values) throws IOException {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(values, "values");
    write(path, F8, false, shape, values);
  }

  /**
   * Writes an array in the shape, element type, byte order and memory order of a file that was
   * read; of integers and booleans, as elements {@code <f8}.
   *
   * @param path where to; its directory must exist, and the file may be the one that was read
   * @param like the file that it is like, still open
   * @param values as many elements as that of {@link NpyFile#array()}, in that order, type and byte
   *     order; the segment stays the caller's, and must be readable by the calling thread
   * @throws IllegalArgumentException if the size of the segment is not that of the elements
   * @throws IllegalStateException if the segment is closed
   * @throws IOException if the file cannot be written; the message leaves out the path
   */
  public static void writeLike(Path path, NpyFile like, MemorySegment values) throws IOException {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(values, "values");
    NpyDescr descr = like.descr().type().isFloat() ? like.descr() : F8;
    write(path, descr, like.fortranOrder(), like.shape(), values);
  }

  private static void write(
      Path path, NpyDescr descr, boolean fortranOrder, long[] shape, MemorySegment values)
      throws IOException {
    checkShape(shape, values.byteSize(), descr.type().bytes());
    byte[] header = header(descr, fortranOrder, shape);
    AtomicFile.write(
        path,
        file -> {
          writeFully(file, ByteBuffer.wrap(header));
          writeValues(file, descr, values);
        });
  }

  private static void checkShape(long[] shape, long bytes, int each) {
    Objects.requireNonNull(shape, "shape");
    if (shape.length > MOST_DIMENSIONS) {
      throw new IllegalArgumentException(
          "shape: " + shape.length + " dimensions; at most " + MOST_DIMENSIONS + " are allowed");
    }
    if (Arrays.stream(shape).anyMatch(size -> size < 0)) {
      throw new IllegalArgumentException("shape: negative size in " + Arrays.toString(shape));
    }
    if (bytes % each != 0 || !holds(shape, bytes / each)) {
      throw new IllegalArgumentException(
          "values: "
              + bytes
              + " bytes are not those of the elements of an array of shape "
              + Arrays.toString(shape));
    }
  }

  /**
   * Tells whether the product of the sizes is the given one; it may itself be too large a number.
   */
  private static boolean holds(long[] shape, long count) {
    if (Arrays.stream(shape).anyMatch(size -> size == 0)) {
      return count == 0;
    }
    long left = count;
    for (long size : shape) {
      if (left % size != 0) {
        return false;
      }
      left /= size;
    }
    return left == 1;
  }

  /** Returns what stands before the data, padded as numpy does, so that the data begin aligned. */
  private static byte[] header(NpyDescr descr, boolean fortranOrder, long[] shape) {
    StringBuilder text =
        new StringBuilder("{'descr': '")
            .append(descr.text())
            .append("', 'fortran_order': ")
            .append(fortranOrder ? "True" : "False")
            .append(", 'shape': ")
            .append(tuple(shape))
            .append(", }");
    if (shape.length > 0) {
      long growing = shape[fortranOrder ? shape.length - 1 : 0];
      text.append(" ".repeat(ROOM_TO_GROW - Long.toString(growing).length()));
    }
    int prefix = NpyHeader.MAGIC.length + 4;
    text.append(" ".repeat(ALIGNMENT - (prefix + text.length() + 1) % ALIGNMENT)).append('\n');
    return ByteBuffer.allocate(prefix + text.length())
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(NpyHeader.MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) text.length())
        .put(text.toString().getBytes(StandardCharsets.US_ASCII))
        .array();
  }

  private static String tuple(long[] shape) {
    StringJoiner tuple = new StringJoiner(", ", "(", shape.length == 1 ? ",)" : ")");
    Arrays.stream(shape).forEach(size -> tuple.add(Long.toString(size)));
    return tuple.toString();
  }

  private static void writeValues(FileChannel file, NpyDescr descr, MemorySegment values)
      throws IOException {
    int each = descr.type().bytes();
    ValueLayout inMemory = NpyData.bits(each);
    ValueLayout inFile = inMemory.withOrder(descr.order());
    long count = values.byteSize() / each;
    ByteBuffer tile = ByteBuffer.allocate((int) Math.min(TILE, count) * each);
    MemorySegment to = MemorySegment.ofBuffer(tile);
    for (long done = 0; done < count; done += TILE) {
      int now = (int) Math.min(TILE, count - done);
      MemorySegment.copy(values, inMemory, done * each, to, inFile, 0, now);
      writeFully(file, tile.clear().limit(now * each));
    }
  }

  private static void writeFully(FileChannel file, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }
}
