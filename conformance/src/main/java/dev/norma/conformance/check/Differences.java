package dev.norma.conformance.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** The results of one case that differ: a few in full, the rest as a number. */
public final class Differences {
  /** Where more of one case differ, they tell nothing new. */
  private static final int MOST = 5;

  private final List<Difference> first = new ArrayList<>();
  private long count;

  /** Returns the first of them. */
  public List<Difference> first() {
    return first;
  }

  /** Returns how many there are. */
  public long count() {
    return count;
  }

  /** Counts one, which is made if it is among the first. */
  void add(Supplier<Difference> difference) {
    if (count < MOST) {
      first.add(difference.get());
    }
    count++;
  }

  /**
   * Compares results by their bits, all NaNs as one.
   *
   * @param what the results, as words that a number can follow
   * @param first the number of the first result
   * @param input shows what the result of a number is computed of
   */
  void compare(
      String what, int first, double[] expected, double[] actual, IntFunction<String> input) {
    if (expected.length != actual.length) {
      String name = "number of results: " + what;
      add(() -> new Difference(name, "", "" + expected.length, "" + actual.length));
      return;
    }
    for (int i = 0; i < expected.length; i++) {
      int at = i;
      if (Double.doubleToLongBits(expected[i]) != Double.doubleToLongBits(actual[i])) {
        add(
            () ->
                result(
                    what + " " + (first + at), input.apply(first + at), expected[at], actual[at]));
      }
    }
  }

  private static Difference result(String what, String input, double expected, double actual) {
    return new Difference(what, input, show(expected), show(actual));
  }

  private static String show(double x) {
    return ElementBits.show(x) + " (" + x + ")";
  }
}
