package dev.norma.cli;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;

/**
 * What many results are summed up as; each is NaN if one of the results is.
 *
 * @param min the smallest result
 * @param mean their arithmetic mean
 * @param max the largest result
 */
record Summary(double min, double mean, double max) {
  /** So large that no array of results divided by it has a sum that overflows. */
  private static final double SCALE = 0x1p32;

  static Summary of(double[] results) {
    DoubleSummaryStatistics all = Arrays.stream(results).summaryStatistics();
    double mean = all.getAverage();
    if (!Double.isFinite(mean)) {
      mean = Arrays.stream(results).map(x -> x / SCALE).average().orElse(0) * SCALE;
    }
    // Rounding may lead out of the range of the results, if they are all alike.
    return new Summary(
        all.getMin(), Math.max(all.getMin(), Math.min(mean, all.getMax())), all.getMax());
  }
}
