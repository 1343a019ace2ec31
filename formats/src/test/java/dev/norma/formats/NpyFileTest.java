package dev.norma.formats;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.norma.ElementType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Well-formed files: what numpy wrote is what is read. */
final class NpyFileTest {
  @TempDir Path directory;

  static Stream<Arguments> typesOfNumpy() {
    return Stream.of(
        type("f2", "float16", ElementType.F16, 0, -1.5, 0x0.1998p0, 65504, 0x1p-24, -1 / 0.0),
        type("f4", "float32", ElementType.F32, 0, -1.5, 0.1f, 0x1.fffffep127, 0x1p-149, -1 / 0.0),
        type(
            "f8",
            "float64",
            ElementType.F64,
            0,
            -1.5,
            0.1,
            0x1.fffffffffffffp1023,
            0x1p-1074,
            -1 / 0.0),
        type("i1", "int8", ElementType.F64, 0, 1, -128, 127, 126, 42),
        type("i2", "int16", ElementType.F64, 0, 1, -32768, 32767, 32766, 10922),
        type("i4", "int32", ElementType.F64, 0, 1, -0x1p31, 2147483647, 2147483646, 715827882),
        type("i8", "int64", ElementType.F64, 0, 1, -0x1p63, 0x1p63, 0x1p63, 0x1p63 / 3),
        type("u1", "uint8", ElementType.F64, 0, 1, 0, 255, 254, 85),
        type("u2", "uint16", ElementType.F64, 0, 1, 0, 65535, 65534, 21845),
        type("u4", "uint32", ElementType.F64, 0, 1, 0, 4294967295.0, 4294967294.0, 1431655765),
        type("u8", "uint64", ElementType.F64, 0, 1, 0, 0x1p64, 0x1p64, 0x1p64 / 3));
  }

  private static Arguments type(String code, String name, ElementType type, double... values) {
    return Arguments.of(code, name, type, values);
  }

  @ParameterizedTest
  @MethodSource("typesOfNumpy")
  void readsEveryTypeInBothByteOrders(String code, String name, ElementType type, double[] values)
      throws IOException {
    for (String order : new String[] {"le", "be"}) {
      String input = code + "-" + order;
      try (NpyFile file = NpyFile.open(NpyBytes.numpy(directory, input))) {
        assertAll(
            input,
            () -> assertEquals(name, file.dtype()),
            () -> assertEquals(type, file.array().elements().type()),
            () -> assertArrayEquals(new long[] {2, 3}, file.shape()),
            () -> assertArrayEquals(values, NpyBytes.values(file)));
      }
    }
  }

  @Test
  void readsBooleansAndCountsEveryNonzeroByteAsTrue() throws IOException {
    try (NpyFile file = NpyFile.open(NpyBytes.numpy(directory, "b1"))) {
      assertEquals("bool", file.dtype());
      assertArrayEquals(new double[] {1, 0, 1, 0, 0, 1}, NpyBytes.values(file));
    }
    byte[] data = {0, 1, 2, (byte) 128, (byte) 255};
    try (NpyFile file = open(1, NpyBytes.header("|b1", false, "(5,)"), data)) {
      assertArrayEquals(new double[] {0, 1, 1, 1, 1}, NpyBytes.values(file));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"version-1", "version-2", "version-3", "fortran"})
  void readsEveryVersionAndMemoryOrder(String name) throws IOException {
    try (NpyFile file = NpyFile.open(NpyBytes.numpy(directory, name))) {
      boolean fortran = name.equals("fortran");
      assertEquals(fortran, file.fortranOrder(), name);
      assertArrayEquals(new long[] {2, 3, 4}, file.array().shape(), name);
      assertArrayEquals(
          fortran ? new long[] {1, 2, 6} : new long[] {12, 4, 1}, file.array().strides(), name);
      assertArrayEquals(
          IntStream.range(0, 24).asDoubleStream().toArray(), NpyBytes.values(file), name);
    }
  }

  @Test
  void readsArraysOfZeroAndOneDimensionsAndEmptyOnes() throws IOException {
    try (NpyFile scalar = NpyFile.open(NpyBytes.numpy(directory, "zero-dimensions"));
        NpyFile vector = NpyFile.open(NpyBytes.numpy(directory, "one-dimension"));
        NpyFile empty = NpyFile.open(NpyBytes.numpy(directory, "empty"))) {
      assertEquals(0, scalar.array().rank());
      assertArrayEquals(new double[] {2.5}, NpyBytes.values(scalar));
      assertArrayEquals(new double[] {1, 2, 3}, NpyBytes.values(vector));
      assertArrayEquals(new long[] {3, 0, 2}, empty.shape());
      assertEquals(0, empty.array().size());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(1152921504606846976, 0)",
        "(0, 9223372036854775807, 9223372036854775807)",
        "(9223372036854775807, 9223372036854775807, 0)"
      })
  void opensEmptyArraysWhoseOtherSizesAreHuge(String shape) throws IOException {
    for (String descr : new String[] {"<f8", ">f4", "<i8", "|b1"}) {
      for (boolean fortran : new boolean[] {false, true}) {
        String header = NpyBytes.header(descr, fortran, shape);
        try (NpyFile file = open(1, header)) {
          assertEquals(0, file.array().size(), header);
          assertEquals(0, file.array().elements().length(), header);
        }
      }
    }
  }

  @Test
  void readsThirtyTwoDimensions() throws IOException {
    String shape = "(2, " + "1, ".repeat(30) + "3)";
    try (NpyFile file = open(1, NpyBytes.header("|i1", false, shape), bytes(6))) {
      assertEquals(32, file.array().rank());
      assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, NpyBytes.values(file));
    }
  }

  /** The headers differ in length, so that the data begin at every offset modulo 16. */
  @ParameterizedTest
  @ValueSource(strings = {"<f8", ">f8", "<f4", ">f4", "<f2", ">f2", "<i8", ">i2"})
  void readsDataAtAnyAlignment(String descr) throws IOException {
    int size = descr.charAt(2) - '0';
    byte[] data = bytes(5 * size);
    double[] first = null;
    for (int pad = 0; pad < 16; pad++) {
      String header = NpyBytes.header(descr, false, "(5,)") + " ".repeat(pad);
      try (NpyFile file = open(1, header, data)) {
        double[] values = NpyBytes.values(file);
        first = first == null ? values : first;
        assertArrayEquals(first, values, descr + " with " + pad + " spaces");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "f8, float64",
    "=f8, float64",
    "|f8, float64",
    "=i4, int32",
    "<b1, bool",
    ">u1, uint8"
  })
  void takesOtherPrefixesAsTheNativeOrder(String descr, String name) throws IOException {
    ByteBuffer data = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
    if (name.startsWith("float")) {
      data.putDouble(1);
    } else {
      data.putInt(1);
    }
    try (NpyFile file = open(1, NpyBytes.header(descr, false, "(1,)"), data.array())) {
      assertEquals(name, file.dtype());
      assertArrayEquals(new double[] {1}, NpyBytes.values(file), descr);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'shape': (2, 3), 'descr': '|u1', 'fortran_order': False}",
        "{\"descr\":\"|u1\",\"fortran_order\":False,\"shape\":(2,3)}",
        " \t{ 'fortran_order' :\nFalse , 'shape' : ( 2 , 3 , ) , 'descr' : '|u1' , } \r\n\f",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (2L, 3L), }\n",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (2 L, 3L,), }\n"
      })
  void readsAnySpellingOfTheDictionary(String header) throws IOException {
    for (int version = 1; version <= (header.contains("L,") ? 2 : 3); version++) {
      try (NpyFile file = open(version, header, bytes(6))) {
        assertArrayEquals(new long[] {2, 3}, file.shape(), header);
        assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, NpyBytes.values(file), header);
      }
    }
  }

  @Test
  void ignoresBytesAfterTheData() throws IOException {
    for (String descr : new String[] {"<f2", ">f2", "<i2"}) {
      try (NpyFile file = open(1, NpyBytes.header(descr, false, "(2,)"), bytes(11))) {
        assertEquals(2, file.array().elements().length(), descr);
      }
    }
  }

  @Test
  void mapsMoreThanTwoGibibytes() throws IOException {
    long count = (5L << 30) / Float.BYTES;
    Path path = directory.resolve("large.npy");
    byte[] start = NpyBytes.file(1, NpyBytes.header("<f4", false, "(" + count + ",)"));
    ByteBuffer last = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, 7.5f);
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(start));
      file.write(last, start.length + (count - 1) * Float.BYTES);
    }
    try (NpyFile file = NpyFile.open(path)) {
      assertEquals(count, file.array().size());
      assertEquals(0, file.array().elements().get(count - 2));
      assertEquals(7.5, file.array().elements().get(count - 1));
    }
  }

  @Test
  void letsOtherThreadsReadUntilItIsClosed() throws Exception {
    NpyFile file = NpyFile.open(NpyBytes.numpy(directory, "version-1"));
    AtomicReference<double[]> read = new AtomicReference<>();
    Thread reader = new Thread(() -> read.set(NpyBytes.values(file)));
    reader.start();
    reader.join();
    assertEquals(276, DoubleStream.of(read.get()).sum(), Arrays.toString(read.get()));
    file.close();
    file.close();
    assertThrows(IllegalStateException.class, () -> file.array().elements().get(0));
    assertArrayEquals(new long[] {2, 3, 4}, file.shape());
  }

  @Test
  void handsOutCopiesOfTheShape() throws IOException {
    try (NpyFile file = NpyFile.open(NpyBytes.numpy(directory, "version-1"))) {
      file.shape()[0] = 99;
      assertArrayEquals(new long[] {2, 3, 4}, file.shape());
    }
  }

  private NpyFile open(int version, String header, byte... data) throws IOException {
    byte[] bytes = NpyBytes.file(version, header, data);
    return NpyFile.open(Files.write(directory.resolve("test.npy"), bytes));
  }

  /** Returns the bytes 1, 2, 3, … */
  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (i + 1);
    }
    return bytes;
  }
}
