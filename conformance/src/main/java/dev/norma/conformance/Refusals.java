package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.function.Executable;

/** Calls that are refused: by a message that helps, and before anything is written. */
final class Refusals {
  /** What stands where nothing may be written. */
  private static final double CANARY = -77;

  private Refusals() {}

  /** Asserts that a call throws, with a message that has some words. */
  static void refused(Class<? extends Throwable> type, Executable call, String... words) {
    String message = String.valueOf(assertThrows(type, call).getMessage());
    for (String word : words) {
      assertTrue(message.contains(word), () -> "'" + message + "' does not say '" + word + "'");
    }
  }

  /** Asserts that a call finds an argument illegal, with a message that has some words. */
  static void illegal(Executable call, String... words) {
    refused(IllegalArgumentException.class, call, words);
  }

  /** Returns an array that shows whether it was written to. */
  static double[] canaries(int length) {
    double[] array = new double[length];
    Arrays.fill(array, CANARY);
    return array;
  }

  /** Asserts that such an array was not written to. */
  static void untouched(double[] array) {
    assertTrue(Arrays.stream(array).allMatch(x -> x == CANARY), () -> Arrays.toString(array));
  }
}
