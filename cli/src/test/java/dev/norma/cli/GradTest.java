package dev.norma.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file that grad writes: the gradient, in the form of the file that was read. */
class GradTest {
  @TempDir Path directory;

  private byte[] gradient(Path file, String words) throws IOException {
    Path out = directory.resolve("gradient.npy");
    Stream<Object> all =
        Stream.of(Stream.of("grad"), Arrays.stream(words.split(" ")), Stream.of("-o", out, file))
            .flatMap(s -> s);
    Call call = Call.of(all.toArray());
    assertEquals("", call.err(), call::toString);
    assertEquals("", call.out(), call::toString);
    assertEquals(0, call.code(), call::toString);
    return Files.readAllBytes(out);
  }

  private static double[] numbers(String words) {
    return Arrays.stream(words.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--ord sq2 | 3 4 0 -2 6 0",
        "--ord 2 --axis 1 | 0.6 0.8 0 -0.31622776601683794 0.9486832980505138 0",
        "--ord 1 --axis 0 | 1 1 0 -1 1 0",
        "--ord sq2 --axis -1 | 3 4 0 -2 6 0",
        "--ord inf --axis 1 | 0 1 0 0 1 0",
        "--ord -inf --axis 1 | 0 0 0 0 0 0",
        "--ord 0 | 0 0 0 0 0 0",
        "--ord 1 --axis 0,1 | 0 1 0 -0.0 1 0",
        "--ord inf --axis 0,1 | 0 0 0 -1 1 0",
        "--ord max --axis 0,1 | 0 0 0 0 1 0",
        "--ord sum --axis 0,1 | 1 1 0 -1 1 0",
      })
  void isThatOfTheSumOfTheNorms(String words, String expected) throws IOException {
    Path file = Npy.doubles(directory.resolve("a.npy"), new long[] {2, 3}, 1.5, 2, 0, -1, 3, 0);
    Path wanted =
        Npy.doubles(directory.resolve("wanted.npy"), new long[] {2, 3}, numbers(expected));
    assertArrayEquals(Files.readAllBytes(wanted), gradient(file, words), words);
  }

  @ParameterizedTest
  @CsvSource({"<f4", ">f4", "<f2", ">f8"})
  void hasTheElementTypeAndByteOrderOfTheFile(String descr) throws IOException {
    Path file = Npy.raw(directory.resolve("a.npy"), descr, "(2,)", bytes(descr, 3, -4));
    Path wanted = Npy.raw(directory.resolve("w.npy"), descr, "(2,)", bytes(descr, 1, -1));
    assertArrayEquals(Files.readAllBytes(wanted), gradient(file, "--ord 1"), descr);
  }

  private static byte[] bytes(String descr, float... values) {
    int size = descr.charAt(2) - '0';
    ByteBuffer bytes =
        ByteBuffer.allocate(size * values.length)
            .order(descr.startsWith("<") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    for (float value : values) {
      switch (size) {
        case 2 -> bytes.putShort(Float.floatToFloat16(value));
        case 4 -> bytes.putFloat(value);
        default -> bytes.putDouble(value);
      }
    }
    return bytes.array();
  }

  @Test
  void isBinary64OfIntegers() throws IOException {
    Path file = Npy.raw(directory.resolve("a.npy"), "|i1", "(2,)", (byte) 3, (byte) -128);
    Path wanted = Npy.doubles(directory.resolve("w.npy"), new long[] {2}, 0, -1);
    assertArrayEquals(Files.readAllBytes(wanted), gradient(file, "--ord inf"));
  }

  @Test
  void hasTheMemoryOrderOfTheFile() throws IOException {
    byte[] c = gradientOfBytes("False");
    byte[] fortran = gradientOfBytes("True");
    assertEquals("1.0 2.0 3.0 4.0", numbersOf(c), "sq2 has the gradient 2x, at its place");
    assertEquals("1.0 2.0 3.0 4.0", numbersOf(fortran));
    assertEquals("False", order(c));
    assertEquals("True", order(fortran));
  }

  private byte[] gradientOfBytes(String fortranOrder) throws IOException {
    Path file =
        Npy.raw(directory.resolve("a.npy"), "<f4", "(2, 2)", bytes("<f4", 0.5f, 1, 1.5f, 2));
    String header = new String(Files.readAllBytes(file), ISO_8859_1);
    String padded = fortranOrder.equals("True") ? header.replace("False,", "True, ") : header;
    Files.write(file, padded.getBytes(ISO_8859_1));
    return gradient(file, "--ord sq2 --axis 1");
  }

  private static String order(byte[] file) {
    String text = new String(file, ISO_8859_1);
    return text.contains("'fortran_order': True, 'shape': (2, 2)")
        ? "True"
        : text.contains("'fortran_order': False, 'shape': (2, 2)") ? "False" : text;
  }

  private static String numbersOf(byte[] file) {
    ByteBuffer data = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(128);
    return data.getFloat() + " " + data.getFloat() + " " + data.getFloat() + " " + data.getFloat();
  }

  @Test
  void mayReplaceTheFileItself() throws IOException {
    Path file = Npy.doubles(directory.resolve("a.npy"), new long[] {2}, 3, -4);
    Call call = Call.of("grad", "--ord", "1", "-o", file, file);
    assertEquals(0, call.code(), call::toString);
    Path wanted = Npy.doubles(directory.resolve("w.npy"), new long[] {2}, 1, -1);
    assertArrayEquals(Files.readAllBytes(wanted), Files.readAllBytes(file));
  }

  @Test
  void isNotWrittenWhenTheCallFails() throws IOException {
    Path file = Npy.doubles(directory.resolve("a.npy"), new long[] {2}, 3, -4);
    Path out = directory.resolve("out.npy");
    Call noAxis = Call.of("grad", "--ord", "2", "--axis", "1", "-o", out, file);
    assertEquals(1, noAxis.code(), noAxis::toString);
    assertEquals(1, noAxis.err().lines().count(), noAxis::toString);
    Path missing = directory.resolve("missing.npy");
    Call noFile = Call.of("grad", "--ord", "2", "-o", out, missing);
    assertEquals(1, noFile.code(), noFile::toString);
    assertEquals("norma: " + missing + ": no such file\n", noFile.err());
    assertFalse(Files.exists(out));
  }
}
