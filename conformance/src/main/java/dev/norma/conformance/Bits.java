package dev.norma.conformance;

import java.util.Arrays;
import java.util.function.Supplier;
import org.junit.jupiter.api.AssertionFailureBuilder;
import org.junit.jupiter.api.Assertions;

/** Compares doubles by their bits. */
final class Bits {
  private static final int SHOWN = 6;

  private Bits() {}

  /** Tells whether two doubles have the same bits, or both are NaN. */
  static boolean same(double a, double b) {
    return Double.doubleToLongBits(a) == Double.doubleToLongBits(b);
  }

  /** Asserts that two doubles have the same bits, or both are NaN. */
  static void assertSame(double expected, double actual, Supplier<String> input) {
    if (!same(expected, actual)) {
      AssertionFailureBuilder.assertionFailure()
          .message(input)
          .expected(show(expected))
          .actual(show(actual))
          .buildAndThrow();
    }
  }

  /** Asserts that two doubles have the same bits; of all NaNs there is one. */
  static void assertRaw(double expected, double actual, Supplier<String> input) {
    assertSame(expected, actual, input);
    if (Double.isNaN(actual)) {
      String bits = Long.toHexString(Double.doubleToRawLongBits(actual));
      Assertions.assertEquals(Long.toHexString(Double.doubleToLongBits(actual)), bits, input);
    }
  }

  /** Asserts that two arrays have the same bits throughout. */
  static void assertSame(double[] expected, double[] actual, Supplier<String> input) {
    assertSame(expected.length, actual.length, () -> "number of results of " + input.get());
    for (int i = 0; i < expected.length; i++) {
      int vector = i;
      assertSame(expected[i], actual[i], () -> input.get() + ", vector " + vector);
    }
  }

  /** Shows a double in decimal and as its exact bits. */
  static String show(double x) {
    return x + " (" + Double.toHexString(x) + ")";
  }

  /** Shows the beginning and the end of a vector. */
  static String show(double[] vector) {
    if (vector.length <= 2 * SHOWN) {
      return Arrays.toString(vector);
    }
    String first = Arrays.toString(Arrays.copyOf(vector, SHOWN));
    int last = vector.length - SHOWN;
    String end = Arrays.toString(Arrays.copyOfRange(vector, last, vector.length));
    return first + " … " + end + " of " + vector.length;
  }
}
