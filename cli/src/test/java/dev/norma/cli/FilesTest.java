package dev.norma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A FILE that fails is named on standard error, the others are answered, and the exit code is 1.
 */
class FilesTest {
  @TempDir Path directory;
  private Path vector;
  private Path matrix;
  private Path missing;

  @BeforeEach
  void write() {
    vector = Npy.doubles(directory.resolve("v.npy"), new long[] {2}, 3, 4);
    matrix = Npy.doubles(directory.resolve("m.npy"), new long[] {1, 2}, 3, 4);
    missing = directory.resolve("missing.npy");
  }

  private static void assertCall(Call call, int code, String out, String err) {
    assertEquals(err, call.err(), call::toString);
    assertEquals(out, call.out(), call::toString);
    assertEquals(code, call.code(), call::toString);
  }

  @Test
  void theOthersAreAnswered() {
    assertCall(
        Call.of("norm", "--format", "csv", missing, vector, directory, matrix),
        1,
        "file,ord,index,value\n%s,2,0,5.0\n%s,2,0,5.0\n".formatted(vector, matrix),
        "norma: %s: no such file\nnorma: %s: it is a directory\n".formatted(missing, directory));
  }

  @Test
  void anAxisThatItDoesNotHaveFails() {
    assertCall(
        Call.of("norm", "--format", "csv", "--axis", "-2", vector, matrix),
        1,
        "file,ord,index,value\n%1$s,2,0,3.0\n%1$s,2,1,4.0\n".formatted(matrix),
        "norma: %s: axis -2 is out of range for an array of 1 dimensions\n".formatted(vector));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1", "2147483647", "2147483648", "-2147483649", "18446744073709551616", "+99"})
  void anAxisThatNoFileHasFailsLikeAnyOther(String axis) {
    String number = axis.replace("+", "");
    String reason = ": axis " + number + " is out of range for an array of 1 dimensions\n";
    assertCall(Call.of("norm", "--axis", axis, vector), 1, "", "norma: " + vector + reason);
    assertCall(Call.of("norm", "--axis", "0," + axis, vector), 1, "", "norma: " + vector + reason);
  }

  @Test
  void axesThatAreOneForItFail() {
    assertCall(
        Call.of("norm", "--axis", "0,-2", matrix),
        1,
        "",
        "norma: %s: axes 0 and -2 are the same axis of the array\n".formatted(matrix));
  }

  @Test
  void elementsThatAreNoNumbersFailByName() {
    Path complex = Npy.raw(directory.resolve("c.npy"), "<c8", "(1,)", new byte[8]);
    Call call = Call.of("norm", complex);
    assertEquals(1, call.code(), call::toString);
    assertEquals("", call.out(), call::toString);
    assertEquals(1, call.err().lines().count(), call::toString);
    assertEquals(0, call.err().indexOf("norma: " + complex + ": "), call::toString);
    assertEquals(true, call.err().contains("complex64"), call::toString);
  }

  @Test
  void moreResultsThanMemoryFail() {
    Path huge = Npy.raw(directory.resolve("h.npy"), "<f8", "(2147483639, 0)");
    assertCall(
        Call.of("norm", "--format", "csv", "--axis", "1", "--ord", "2,1", huge, vector),
        1,
        "file,ord,index,value\n",
        """
        norma: %s: not enough memory for 2147483639 results for each of the ords
        norma: %s: axis 1 is out of range for an array of 1 dimensions
        """
            .formatted(huge, vector));
  }

  @Test
  void moreResultsThanAnArrayHoldsFail() {
    Path huge = Npy.raw(directory.resolve("h.npy"), "<f8", "(2147483640, 0)");
    Call call = Call.of("norm", "--axis", "1", huge);
    assertEquals(1, call.code(), call::toString);
    assertEquals(
        true,
        call.err().startsWith("norma: %s: 2147483640 results do not fit".formatted(huge)),
        call::toString);
    assertEquals(1, call.err().lines().count(), call::toString);
  }

  @Test
  void aNameWithALineBreakKeepsItsLine() {
    assertCall(Call.of("norm", "a\nb"), 1, "", "norma: a\\nb: no such file\n");
  }

  @Test
  void aNameThatBeginsWithAnAtIsAName() {
    String at = "@" + vector;
    assertCall(Call.of("norm", at), 1, "", "norma: %s: no such file\n".formatted(at));
  }

  @Test
  void aNameBehindTwoHyphensMayBeginWithOne() {
    assertCall(Call.of("norm", "--", "-1"), 1, "", "norma: -1: no such file\n");
  }
}
