package dev.norma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The small parts of what is printed. */
class TextTest {
  @Test
  void oneLineEscapesWhatBreaksOrControlsLines() {
    assertEquals(
        "a\\n\\r\\t\\u0000\\u001b\\u0085\\u2028b", OneLine.of("a\n\r\t\0\u001b\u0085\u2028b"));
    assertEquals("ü \\ 𝄞", OneLine.of("ü \\ 𝄞"));
  }

  @Test
  void summaryOfNumbers() {
    assertEquals(new Summary(-1, 1, 4), Summary.of(new double[] {4, -1, 0}));
  }

  @Test
  void summaryDoesNotOverflow() {
    double max = Double.MAX_VALUE;
    assertEquals(new Summary(max / 2, max * 0.75, max), Summary.of(new double[] {max, max / 2}));
  }

  @Test
  void meanOfOneNumberManyTimesIsThatNumber() {
    double[] alike = new double[300000];
    Arrays.fill(alike, 15.11905259873848);
    assertEquals(new Summary(alike[0], alike[0], alike[0]), Summary.of(alike));
  }

  @Test
  void summaryOfNanIsNan() {
    double nan = Double.NaN;
    assertEquals(new Summary(nan, nan, nan), Summary.of(new double[] {1, nan, 2}));
  }

  @Test
  void summaryOfInfinitiesIsInfinite() {
    double[] all = new double[3];
    Arrays.fill(all, Double.POSITIVE_INFINITY);
    assertEquals(new Summary(all[0], all[0], all[0]), Summary.of(all));
  }

  @Test
  void reasonsAreNeverEmpty() {
    assertEquals("IllegalStateException", Failure.reason(new IllegalStateException()));
    assertEquals("not enough memory", Failure.reason(new OutOfMemoryError("Java heap space")));
    assertEquals(
        "the file could not be read to its end; was it changed meanwhile? (a fault)",
        Failure.reason(new InternalError("a fault")));
  }
}
