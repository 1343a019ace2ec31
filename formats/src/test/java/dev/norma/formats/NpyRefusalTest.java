package dev.norma.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Malformed and hostile files: each is refused, by a message that names what is wrong. */
final class NpyRefusalTest {
  private static final byte[] DATA = new byte[64];

  @TempDir Path directory;

  static Stream<Arguments> headers() {
    return Stream.of(
        header("", "expected '{' at position 0, found the end"),
        header("[]", "expected '{' at position 0, found '[]'"),
        header("{}", "key 'descr' is missing"),
        header("{'descr': '<f8', 'shape': (1,)}", "key 'fortran_order' is missing"),
        header("{'descr': '<f8', 'fortran_order': False}", "key 'shape' is missing"),
        header("{'descr': '<f8', 'descr': '<f8'}", "key 'descr' is given twice"),
        header("{'shape': (), 'shape': ()}", "key 'shape' is given twice"),
        header("{'fortran_order': True, 'fortran_order': True}", "'fortran_order' is given twice"),
        header("{'order': 'C'}", "unknown key 'order'"),
        header("{descr: '<f8'}", "expected a key in quotes at position 1, found 'descr: '<f8'}'"),
        header("{'descr' '<f8'}", "expected ':' at position 9"),
        header("{'descr': '<f8' 'shape': ()}", "expected ',' or '}' at position 16"),
        header("{'descr': '<f8',, 'shape': ()}", "expected a key in quotes at position 16"),
        header("{'descr': '<f8", "expected a closing quote at position 14, found the end"),
        header("{'descr': '<f8\", }", "expected a closing quote"),
        header("{'descr': '<f8\n', }", "expected a plain character in quotes"),
        header("{'de\\x73cr': 1}", "expected a plain character in quotes"),
        header("{'descr': 8}", "expected an element type in quotes at position 10, found '8}'"),
        header("{'fortran_order': true}", "expected True or False"),
        header("{'fortran_order': 1}", "expected True or False"),
        header("{'fortran_order': Falsehood}", "expected ',' or '}' at position 23, found 'hood}'"),
        header("{'shape': [1, 2]}", "expected a tuple of sizes at position 10"),
        header("{'shape': 3}", "expected a tuple of sizes"),
        header("{'shape': (3)}", "shape is a number in parentheses, not a tuple"),
        header("{'shape': (,)}", "expected a size at position 11"),
        header("{'shape': (1,,)}", "expected a size at position 13"),
        header("{'shape': (1 2)}", "expected ',' or ')' at position 13"),
        header("{'shape': (1, 2", "expected ',' or ')' at position 15, found the end"),
        header("{'shape': (1.5,)}", "expected ',' or ')' at position 12"),
        header("{'shape': (0x10,)}", "expected ',' or ')' at position 12"),
        header("{'shape': (01,)}", "expected a size at position 11, found '01,)}'"),
        header("{'shape': (1l,)}", "expected ',' or ')' at position 12"),
        header("{'shape': (True,)}", "expected a size"),
        header("{'shape': ('1',)}", "expected a size"),
        header("{'shape': (2, -3)}", "negative size -3"),
        header("{'shape': (9223372036854775808,)}", "size 9223372036854775808 is beyond 2^63 - 1"),
        header("{'shape': (0, 99999999999999999999)}", "size 99999999999999999999 is beyond"),
        header("{'shape': (" + "1,".repeat(33) + ")}", "33 dimensions are not supported; up to 32"),
        header("{'shape': " + "(".repeat(9000), "expected a size at position 11"),
        header("{'descr': " + "[".repeat(9000), "element type structured"),
        header("{".repeat(9000), "expected a key in quotes at position 1"),
        header(valid("(1,)") + "x", "expected the end of the header at position 57, found 'x'"),
        header(valid("(1,)") + "\0", "expected the end of the header at position 57, found '\\u00"),
        header(valid("(9,)"), "the data, 9 elements of float64, should have 72 bytes, but there"),
        header(valid("(3, 3)"), "truncated: the data, 9 elements of float64, should have 72 bytes"),
        header(valid("(4294967296, 4294967296)"), "needs more than 2^63 - 1 bytes"),
        header(valid("(1152921504606846976,)"), "needs more than 2^63 - 1 bytes"),
        header(valid("(1152921504606846975,)"), "should have 9223372036854775800 bytes"));
  }

  private static Arguments header(String header, String message) {
    return Arguments.of(header, message);
  }

  private static String valid(String shape) {
    return NpyBytes.header("<f8", false, shape);
  }

  @ParameterizedTest
  @MethodSource("headers")
  void namesWhatIsWrongWithTheHeader(String header, String message) throws IOException {
    assertRefused(NpyBytes.file(1, header, DATA), message);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "<c8, element type complex64 '<c8' is not supported; float16",
        ">c16, element type complex128 '>c16'",
        "<c32, element type complex256 '<c32'",
        "<f16, element type float128 '<f16'",
        "|S5, element type bytes40 '|S5'",
        "<U5, element type str160 '<U5'",
        "|O, element type object '|O'",
        "<M8[ns], element type datetime64[ns] '<M8[ns]'",
        "<m8[D], element type timedelta64[D] '<m8[D]'",
        "|V2, element type void16 '|V2'",
        "bfloat16, element type 'bfloat16'",
        "<i3, element type '<i3'",
        "<b2, element type '<b2'",
        "<f, element type float '<f'",
        "<f8[ns], element type float64 '<f8[ns]'",
        "\"\", element type ''",
        "<<f8, element type '<<f8'",
        "\"<f8,<f8\", \"element type '<f8,<f8'\"",
        "<f99999999999, element type '<f99999999999'"
      })
  void refusesOtherElementTypesByName(String descr, String message) throws IOException {
    assertRefused(NpyBytes.file(1, NpyBytes.header(descr, false, "(1,)"), DATA), message);
  }

  @ParameterizedTest
  @CsvSource({"record, structured", "datetime, datetime64[ns]", "complex, complex128"})
  void refusesElementTypesThatNumpyWrote(String name, String type) throws IOException {
    byte[] bytes = Files.readAllBytes(NpyBytes.numpy(directory, name));
    assertRefused(bytes, "element type " + type);
  }

  @Test
  void refusesOtherMagicAndVersions() throws IOException {
    byte[] valid = NpyBytes.file(1, valid("(8,)"), DATA);
    assertRefused(new byte[0], "the file is empty");
    assertRefused(
        "PK\3\4....".getBytes(StandardCharsets.US_ASCII),
        "not an .npy file: it begins with bytes 504b03042e2e, not 934e554d5059");
    assertRefused(new byte[] {1}, "not an .npy file: it begins with bytes 01,");
    int[][] versions = {{0, 0}, {1, 1}, {2, 1}, {4, 0}, {255, 0}, {1, 255}};
    for (int[] version : versions) {
      valid[6] = (byte) version[0];
      valid[7] = (byte) version[1];
      assertRefused(
          valid, "format version " + version[0] + "." + version[1] + " is not supported; 1.0");
    }
  }

  @Test
  void refusesEveryFileThatIsCutShort() throws IOException {
    for (int version = 1; version <= 3; version++) {
      byte[] valid = NpyBytes.file(version, valid("(8,)"), DATA);
      for (int length = 1; length < valid.length; length++) {
        IOException e = refusal(Arrays.copyOf(valid, length));
        String message = e.getMessage();
        assertTrue(
            message.startsWith("truncated: ") || (length < 6 && message.startsWith("not an .npy")),
            "version " + version + " of " + length + " bytes: " + message);
      }
    }
  }

  @Test
  void saysHowManyBytesThereShouldBe() throws IOException {
    byte[] valid = NpyBytes.file(1, valid("(8,)"), DATA);
    assertRefused(
        Arrays.copyOf(valid, valid.length - 1),
        "truncated: the data, 8 elements of float64, should have 64 bytes, but there are 63");
    assertRefused(
        Arrays.copyOf(valid, 20), "truncated: the header should have 57 bytes, but there are 10");
    byte[] hostile = NpyBytes.file(2, valid("(8,)"), DATA);
    Arrays.fill(hostile, 8, 12, (byte) 0xff);
    assertRefused(hostile, "truncated: the header should have 4294967295 bytes, but there are 121");
  }

  @Test
  void refusesHeadersThatAreTooLong() throws IOException {
    String header = valid("(8,)");
    String longest = header + " ".repeat(10_000 - header.length());
    Path path = Files.write(directory.resolve("a.npy"), NpyBytes.file(2, longest, DATA));
    try (NpyFile file = NpyFile.open(path)) {
      assertEquals(8, file.array().size());
    }
    assertRefused(
        NpyBytes.file(2, longest + " ", DATA),
        "the header of 10001 bytes is longer than the 10000 that are supported");
  }

  @Test
  void decodesEachVersionInItsOwnCharset() throws IOException {
    byte[] latin = "{'\u00e9': 1}".getBytes(StandardCharsets.ISO_8859_1);
    byte[] utf8 = "{'\u00e9': 1}".getBytes(StandardCharsets.UTF_8);
    for (int version = 1; version <= 2; version++) {
      assertRefused(NpyBytes.file(version, latin, DATA), "unknown key '\\u00e9'");
      assertRefused(NpyBytes.file(version, utf8, DATA), "unknown key '\\u00c3\\u00a9'");
    }
    assertRefused(NpyBytes.file(3, latin, DATA), "version 3.0 is not encoded in UTF-8");
    assertRefused(NpyBytes.file(3, utf8, DATA), "unknown key '\\u00e9'");
  }

  @Test
  void refusesFieldsWithAnyNameByTheirType() throws IOException {
    String header = "{'descr': [('caf\u00e9', '<f8')], 'fortran_order': False, 'shape': (1,)}";
    byte[] latin = header.getBytes(StandardCharsets.ISO_8859_1);
    assertRefused(NpyBytes.file(1, latin, DATA), "element type structured (a list of fields)");
  }

  @Test
  void takesLongsOfPythonTwoInTheVersionsThatItWrote() throws IOException {
    assertRefused(NpyBytes.file(3, valid("(8L,)"), DATA), "expected ',' or ')' at position 52");
  }

  @Test
  void cutsQuotesOfHostileTextShort() throws IOException {
    IOException e = refusal(NpyBytes.file(1, "{'" + "k".repeat(9000) + "': 1}", DATA));
    assertEquals("header: unknown key '" + "k".repeat(60) + "...'", e.getMessage());
  }

  @Test
  void refusesWhatIsNoFile() {
    IOException missing =
        assertThrows(IOException.class, () -> NpyFile.open(directory.resolve("none.npy")));
    assertEquals("no such file", missing.getMessage());
    IOException folder = assertThrows(IOException.class, () -> NpyFile.open(directory));
    assertEquals("it is a directory", folder.getMessage());
    IOException device = assertThrows(IOException.class, () -> NpyFile.open(Path.of("/dev/null")));
    assertEquals("it is not a regular file", device.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"pipe", "link"})
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void refusesPipesWithoutWaitingForThem(String name) throws Exception {
    Path pipe = directory.resolve("pipe");
    assertTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor(10, TimeUnit.SECONDS));
    Files.createSymbolicLink(directory.resolve("link"), pipe);
    IOException e = assertThrows(IOException.class, () -> NpyFile.open(directory.resolve(name)));
    assertEquals("it is not a regular file", e.getMessage());
  }

  private void assertRefused(byte[] bytes, String message) throws IOException {
    String actual = refusal(bytes).getMessage();
    assertTrue(actual.contains(message), "expected: " + message + "\nactual: " + actual);
    assertFalse(actual.contains(directory.toString()), "has the path: " + actual);
  }

  private NpyFormatException refusal(byte[] bytes) throws IOException {
    Path path = Files.write(directory.resolve("test.npy"), bytes);
    try {
      return assertThrows(NpyFormatException.class, () -> NpyFile.open(path).close());
    } finally {
      Files.delete(path);
    }
  }
}
