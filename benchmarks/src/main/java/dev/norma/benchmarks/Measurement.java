package dev.norma.benchmarks;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What came of one case.
 *
 * @param bytes how much one invocation reads
 * @param pairs the turns, in order
 */
record Measurement(long bytes, List<Pair> pairs) {

  /**
   * A turn of the probe and the turn of the case that followed it.
   *
   * @param probeNanos the time of one invocation of the probe
   * @param caseNanos the time of one invocation of the case
   */
  record Pair(double probeNanos, double caseNanos) {
    double share() {
      return probeNanos / caseNanos;
    }
  }

  /** Returns the median speed of the case in 10⁹ bytes a second. */
  double gigabytes() {
    return bytes / quantile(0.5, Pair::caseNanos);
  }

  /** Returns the median speed of the probe in 10⁹ bytes a second. */
  double probeGigabytes() {
    return bytes / quantile(0.5, Pair::probeNanos);
  }

  /** Returns a quantile of the case's speed as a part of the probe's just before it. */
  double share(double quantile) {
    return quantile(quantile, Pair::share);
  }

  /** Interpolates linearly between the two values on either side. */
  private double quantile(double quantile, ToDoubleFunction<Pair> value) {
    double[] sorted = pairs.stream().mapToDouble(value).sorted().toArray();
    double at = quantile * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
