package dev.norma.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Elements that are copied: integers, and floats in the other byte order. */
final class NpyConversionTest {
  /** More than two tiles and no whole number of them. */
  private static final int MANY = 2 * 32 * 1024 + 17;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"<i8", ">i8", "<u8", ">u8"})
  void roundsLongIntegersToNearestEven(String descr) throws IOException {
    long[] bits = longs();
    ByteBuffer data = ByteBuffer.allocate(8 * bits.length).order(order(descr));
    data.asLongBuffer().put(bits);
    try (NpyFile file = open(descr, bits.length, data.array())) {
      for (int i = 0; i < bits.length; i++) {
        String exact = descr.endsWith("u8") ? Long.toUnsignedString(bits[i]) : "" + bits[i];
        assertEquals(
            new BigInteger(exact).doubleValue(),
            file.array().elements().get(i),
            descr + " " + exact);
      }
    }
  }

  /** Every exponent, with mantissas at, below and above the ties of rounding; and random ones. */
  private static long[] longs() {
    SplittableRandom random = new SplittableRandom(1);
    long[] bits = new long[64 * 9 + 1000];
    for (int i = 0; i < bits.length; i++) {
      int shift = i / 9;
      long near = shift < 64 ? (1L << shift) + (1L << Math.max(0, shift - 53)) : random.nextLong();
      bits[i] = shift < 64 ? (i % 3 - 1 + near) * (i % 9 / 3 - 1) : near >>> random.nextInt(64);
    }
    return bits;
  }

  @ParameterizedTest
  @ValueSource(strings = {"|i1", "<i2", ">i2", "<i4", ">i4", "|u1", "<u2", ">u2", "<u4", ">u4"})
  void widensShortIntegersExactlyInEveryTile(String descr) throws IOException {
    int size = descr.charAt(2) - '0';
    byte[] data = random(MANY * size);
    try (NpyFile file = open(descr, MANY, data)) {
      for (int i = 0; i < MANY; i++) {
        BigInteger exact = integer(descr, data, i * size, size);
        double actual = file.array().elements().get(i);
        assertEquals(exact.doubleValue(), actual, descr + " element " + i + " = " + exact);
      }
    }
  }

  private static BigInteger integer(String descr, byte[] data, int from, int size) {
    byte[] bigEndian = new byte[size];
    for (int i = 0; i < size; i++) {
      bigEndian[i] = data[from + (descr.charAt(0) == '>' ? i : size - 1 - i)];
    }
    return descr.charAt(1) == 'u' ? new BigInteger(1, bigEndian) : new BigInteger(bigEndian);
  }

  @ParameterizedTest
  @ValueSource(strings = {">f8", ">f4", ">f2", "<f8", "<f4", "<f2"})
  void keepsTheBitsOfFloatsEvenOfNotANumber(String descr) throws IOException {
    int size = descr.charAt(2) - '0';
    byte[] data = random(MANY * size);
    // A signalling NaN with a payload, whose bits arithmetic would change.
    ByteBuffer.wrap(data).order(order(descr)).putLong(0, 0x7ff0_7f81_7c01_7f80L);
    try (NpyFile file = open(descr, MANY, data)) {
      ByteBuffer actual =
          ByteBuffer.wrap(file.array().elements().segment().toArray(ValueLayout.JAVA_BYTE))
              .order(ByteOrder.nativeOrder());
      assertEquals(data.length, actual.capacity(), descr);
      ByteBuffer expected = ByteBuffer.wrap(data).order(order(descr));
      for (int at = 0; at < data.length; at += size) {
        assertEquals(bits(expected, at, size), bits(actual, at, size), descr + " at byte " + at);
      }
    }
  }

  private static long bits(ByteBuffer bytes, int at, int size) {
    return switch (size) {
      case 8 -> bytes.getLong(at);
      case 4 -> bytes.getInt(at);
      default -> bytes.getShort(at);
    };
  }

  @Test
  void saysSoWhenMemoryIsTooSmallForTheCopy() throws IOException {
    long count = 1L << 40;
    Path path = directory.resolve("huge.npy");
    byte[] start = NpyBytes.file(1, NpyBytes.header("|i1", false, "(" + count + ",)"));
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(start));
      file.write(ByteBuffer.allocate(1), start.length + count - 1);
    }
    IOException e = assertThrows(IOException.class, () -> NpyFile.open(path));
    assertTrue(
        e.getMessage().startsWith("not enough memory: 1099511627776 elements of int8"),
        e.getMessage());
  }

  private NpyFile open(String descr, int count, byte[] data) throws IOException {
    byte[] bytes = NpyBytes.file(1, NpyBytes.header(descr, false, "(" + count + ",)"), data);
    return NpyFile.open(Files.write(directory.resolve("test.npy"), bytes));
  }

  private static ByteOrder order(String descr) {
    return descr.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  private static byte[] random(int count) {
    byte[] bytes = new byte[count];
    new SplittableRandom(2).nextBytes(bytes);
    return bytes;
  }
}
