package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;

/**
 * How much of something kernels may take.
 *
 * @param what is counted
 * @param cases of which, as {@link CountedCase#toString()} writes them
 * @param most that it may be
 */
record Limit(String what, Pattern cases, double most) {
  /** A limit has to be tightened where it is larger than needed by more than this. */
  private static final double SLACK = 1.1;

  static Limit of(String what, String cases, double most) {
    return new Limit(what, Pattern.compile(cases), most);
  }

  private boolean fits(String counted, CountedCase it) {
    return what.equals(counted) && cases.matcher(it.toString()).matches();
  }

  /** Checks what was counted against the first limit that fits, if there is one. */
  static void check(List<Limit> limits, String counted, CountedCase it, double value) {
    limits.stream()
        .filter(limit -> limit.fits(counted, it))
        .findFirst()
        .ifPresent(limit -> limit.check(it, value));
  }

  private void check(CountedCase it, double value) {
    String is = it + ": " + what + " are " + value + ", and at most " + most + " by " + this;
    assertTrue(value <= most, is);
    assertTrue(most <= SLACK * value, () -> is + ", which can be tightened");
  }
}
