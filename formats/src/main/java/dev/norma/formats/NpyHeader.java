package dev.norma.formats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What stands before the data of a file, checked against the size of the file: the data that a
 * header promises are there.
 *
 * <p>The format is that of NEP 1 (<a
 * href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">numpy.lib.format</a>):
 * six bytes of magic, two of the version, the length of the header (two bytes in version 1.0, four
 * in 2.0 and 3.0), the header, and the data.
 */
final class NpyHeader {
  /** The first bytes of every file. */
  static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** The longest header that is read, the same as numpy's; one of 32 dimensions needs 800 bytes. */
  private static final int LONGEST = 10_000;

  private final NpyDescr descr;
  private final boolean fortranOrder;
  private final long[] shape;
  private final long dataOffset;
  private final long count;

  private NpyHeader(HeaderParser parsed, long dataOffset, long count) {
    this.descr = parsed.descr();
    this.fortranOrder = parsed.fortranOrder();
    this.shape = parsed.shape();
    this.dataOffset = dataOffset;
    this.count = count;
  }

  /**
   * Reads the header of a file.
   *
   * @throws NpyFormatException if it is malformed or the file is too short for it
   * @throws IOException if the file cannot be read
   */
  static NpyHeader read(FileChannel file) throws IOException {
    if (file.size() == 0) {
      throw new NpyFormatException("the file is empty");
    }
    checkMagic(file);
    int major = checkVersion(bytes(file, MAGIC.length, 2, "the version"));
    int lengthBytes = major == 1 ? 2 : 4;
    int start = MAGIC.length + 2 + lengthBytes;
    ByteBuffer length = bytes(file, start - lengthBytes, lengthBytes, "the length of the header");
    long size =
        major == 1 ? Short.toUnsignedLong(length.getShort()) : length.getInt() & 0xFFFFFFFFL;
    String text = decode(bytes(file, start, checkLength(file, start, size), "the header"), major);
    HeaderParser parsed = HeaderParser.parse(text, major < 3);
    NpyType type = parsed.descr().type();
    long count = count(parsed.shape(), type.bytes());
    String data = "the data, " + count + " elements of " + type.numpyName() + ",";
    checkHeld(file, start + size, count * type.bytes(), data);
    return new NpyHeader(parsed, start + size, count);
  }

  /** Returns the element type of the file. */
  NpyType type() {
    return descr.type();
  }

  /** Returns the byte order of the file. */
  ByteOrder order() {
    return descr.order();
  }

  /** Tells whether the first index moves fastest. */
  boolean fortranOrder() {
    return fortranOrder;
  }

  /** Returns a copy of the size of each dimension. */
  long[] shape() {
    return shape.clone();
  }

  /** Returns where the data begin, in bytes from the start of the file. */
  long dataOffset() {
    return dataOffset;
  }

  /** Returns the number of elements. */
  long count() {
    return count;
  }

  private static void checkMagic(FileChannel file) throws IOException {
    int held = (int) Math.min(MAGIC.length, file.size());
    byte[] found = new byte[held];
    bytes(file, 0, held, "the magic bytes").get(found);
    if (!Arrays.equals(found, Arrays.copyOf(MAGIC, held))) {
      HexFormat hex = HexFormat.of();
      throw new NpyFormatException(
          "not an .npy file: it begins with bytes "
              + hex.formatHex(found)
              + ", not "
              + hex.formatHex(MAGIC));
    }
  }

  private static int checkVersion(ByteBuffer version) throws NpyFormatException {
    int major = Byte.toUnsignedInt(version.get());
    int minor = Byte.toUnsignedInt(version.get());
    if (major < 1 || major > 3 || minor != 0) {
      throw new NpyFormatException(
          "format version " + major + "." + minor + " is not supported; 1.0, 2.0 and 3.0 are");
    }
    return major;
  }

  private static int checkLength(FileChannel file, long start, long size) throws IOException {
    checkHeld(file, start, size, "the header");
    if (size > LONGEST) {
      throw new NpyFormatException(
          "the header of " + size + " bytes is longer than the " + LONGEST + " that are supported");
    }
    return (int) size;
  }

  private static String decode(ByteBuffer header, int major) throws NpyFormatException {
    Charset charset = major < 3 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
    try {
      return charset.newDecoder().decode(header).toString();
    } catch (CharacterCodingException e) {
      throw new NpyFormatException(
          "the header of version " + major + ".0 is not encoded in " + charset.name());
    }
  }

  /** Multiplies the sizes, and sees to it that the number of bytes is a long too. */
  private static long count(long[] shape, int elementBytes) throws NpyFormatException {
    if (Arrays.stream(shape).anyMatch(size -> size == 0)) {
      return 0;
    }
    long bytes = elementBytes;
    try {
      for (long size : shape) {
        bytes = Math.multiplyExact(bytes, size);
      }
    } catch (ArithmeticException e) {
      throw new NpyFormatException(
          "shape " + Arrays.toString(shape) + " needs more than 2^63 - 1 bytes");
    }
    return bytes / elementBytes;
  }

  private static ByteBuffer bytes(FileChannel file, long from, int count, String what)
      throws IOException {
    checkHeld(file, from, count, what);
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    readFully(file, from, bytes);
    return bytes.flip();
  }

  private static void checkHeld(FileChannel file, long from, long count, String what)
      throws IOException {
    long held = Math.max(0, file.size() - from);
    if (count > held) {
      throw new NpyFormatException(
          "truncated: " + what + " should have " + count + " bytes, but there are " + held);
    }
  }

  /**
   * Fills a buffer from a position of a file.
   *
   * @throws NpyFormatException if the file ends before, having become shorter
   */
  static void readFully(FileChannel file, long from, ByteBuffer into) throws IOException {
    long at = from;
    while (into.hasRemaining()) {
      int read = file.read(into, at);
      if (read < 0) {
        throw new NpyFormatException("truncated while it was read: it ends at byte " + at);
      }
      at += read;
    }
  }
}
