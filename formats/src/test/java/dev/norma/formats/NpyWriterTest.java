package dev.norma.formats;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which bytes are written, and which arguments are refused. */
final class NpyWriterTest {
  @TempDir Path directory;
  private Path path;

  @BeforeEach
  void choosePath() {
    path = directory.resolve("out.npy");
  }

  @Test
  void writesTheBytesThatNumpyWrites() throws IOException {
    double[] counting = IntStream.range(0, 24).asDoubleStream().toArray();
    assertWritesAsNumpy("version-1", new long[] {2, 3, 4}, counting);
    assertWritesAsNumpy("zero-dimensions", new long[0], 2.5);
    assertWritesAsNumpy("one-dimension", new long[] {3}, 1, 2, 3);
    assertWritesAsNumpy("empty", new long[] {3, 0, 2});
    assertWritesAsNumpy("padding", new long[] {0, 10, 10, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1});
    double[] values = {0, -1.5, 0.1, Double.MAX_VALUE, Double.MIN_VALUE, -1 / 0.0};
    assertWritesAsNumpy("f8-le", new long[] {2, 3}, values);
  }

  private void assertWritesAsNumpy(String name, long[] shape, double... values) throws IOException {
    byte[] expected = Files.readAllBytes(NpyBytes.numpy(directory, name));
    NpyWriter.write(path, shape, values);
    assertArrayEquals(expected, Files.readAllBytes(path), name);
    NpyWriter.write(path, shape, bytes(values));
    assertArrayEquals(expected, Files.readAllBytes(path), name + " from a segment of bytes");
  }

  /** What numpy wrote and is written again, is the same to the byte, its order in memory too. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "f2-le",
        "f2-be",
        "f4-le",
        "f4-be",
        "f8-le",
        "f8-be",
        "fortran",
        "padding",
        "zero-dimensions",
        "one-dimension",
        "empty"
      })
  void writesLikeTheFileThatWasRead(String name) throws IOException {
    Path numpy = NpyBytes.numpy(directory, name);
    try (NpyFile file = NpyFile.open(numpy)) {
      NpyWriter.writeLike(path, file, file.array().elements().segment());
    }
    assertArrayEquals(Files.readAllBytes(numpy), Files.readAllBytes(path), name);
  }

  @Test
  void writesBinary64LikeIntegers() throws IOException {
    Path integers = NpyBytes.numpy(directory, "i2-be");
    try (NpyFile file = NpyFile.open(integers)) {
      NpyWriter.writeLike(path, file, file.array().elements().segment());
      NpyWriter.write(directory.resolve("f8"), file.shape(), file.array().elements().segment());
    }
    assertArrayEquals(Files.readAllBytes(directory.resolve("f8")), Files.readAllBytes(path));
  }

  private static MemorySegment bytes(double[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.nativeOrder());
    bytes.asDoubleBuffer().put(values);
    return MemorySegment.ofBuffer(bytes);
  }

  /** The header is a multiple of 64 bytes for every length of its text. */
  @ParameterizedTest
  @CsvSource({"1, 0", "12345, 0", "9223372036854775807, 0", "0, 9223372036854775807"})
  void alignsTheData(long first, long second) throws IOException {
    for (int more = 0; more <= 30; more++) {
      long[] shape = new long[2 + more];
      Arrays.fill(shape, Long.MAX_VALUE);
      shape[0] = first;
      shape[1] = second;
      NpyWriter.write(path, shape, new double[0]);
      byte[] bytes = Files.readAllBytes(path);
      int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getShort(8);
      String text = new String(bytes, 10, bytes.length - 10, StandardCharsets.US_ASCII);
      String input = Arrays.toString(shape) + ": " + text;
      assertAll(
          () -> assertEquals(0, bytes.length % 64, input),
          () -> assertEquals(bytes.length, 10 + length, input),
          () -> assertTrue(text.matches("\\{.*} *\n"), input));
      try (NpyFile file = NpyFile.open(path)) {
        assertArrayEquals(shape, file.shape(), input);
      }
    }
  }

  @Test
  void writesManyTiles() throws IOException {
    int count = 2 * 128 * 1024 + 5;
    double[] values = DoubleStream.iterate(1, x -> x * 1.0001).limit(count).toArray();
    NpyWriter.write(path, new long[] {count, 1}, values);
    try (NpyFile file = NpyFile.open(path)) {
      assertEquals("float64", file.dtype());
      assertArrayEquals(values, NpyBytes.values(file));
    }
  }

  @Test
  void replacesTheVeryFileThatTheValuesAreMappedFrom() throws IOException {
    NpyWriter.write(path, new long[] {2, 2}, new double[] {1, 2, 3, 4});
    try (NpyFile file = NpyFile.open(path)) {
      NpyWriter.write(path, new long[] {4}, file.array().elements().segment());
      assertArrayEquals(new double[] {1, 2, 3, 4}, NpyBytes.values(file));
    }
    try (NpyFile file = NpyFile.open(path)) {
      assertArrayEquals(new long[] {4}, file.shape());
      assertArrayEquals(new double[] {1, 2, 3, 4}, NpyBytes.values(file));
    }
  }

  @Test
  void refusesShapesThatTheValuesDoNotHave() throws IOException {
    long[][] shapes = {
      {},
      {2},
      {4},
      {3, 2},
      {0},
      {3, 0},
      {-3},
      {-1, -3},
      {1L << 62, 4, 3},
      {1L << 32, 1L << 32},
      {0, -3}
    };
    for (long[] shape : shapes) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> NpyWriter.write(path, shape, new double[3]),
              Arrays.toString(shape));
      assertTrue(e.getMessage().contains(Arrays.toString(shape)), e.getMessage());
    }
    long[] tooMany = new long[33];
    Arrays.fill(tooMany, 1);
    assertThrows(
        IllegalArgumentException.class, () -> NpyWriter.write(path, tooMany, new double[1]));
    assertThrows(
        IllegalArgumentException.class,
        () -> NpyWriter.write(path, new long[] {1}, MemorySegment.ofArray(new byte[9])));
    try (var files = Files.list(directory)) {
      assertEquals(0, files.count(), "a refused call left a file");
    }
  }

  @Test
  void leavesNothingBehindWhenTheValuesCannotBeRead() throws IOException {
    Files.writeString(path, "before");
    MemorySegment closed;
    try (Arena arena = Arena.ofConfined()) {
      closed = arena.allocate(24);
    }
    assertThrows(IllegalStateException.class, () -> NpyWriter.write(path, new long[] {3}, closed));
    assertEquals("before", Files.readString(path));
    assertArrayEquals(new String[] {"out.npy"}, directory.toFile().list());
  }
}
