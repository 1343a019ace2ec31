package dev.norma;

import dev.norma.spi.Backend;
import dev.norma.spi.ElementMap;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Computes inner products, cosines and angles of the vectors of two batches, pair by pair. Their
 * distances are norms of {@link Batch#difference}. Safe for use by many threads; all methods throw
 * what those of {@link Norma} do.
 */
public final class Pairs {
  private final Session session;

  Pairs(Session session) {
    this.session = session;
  }

  /** What is computed of one block of vectors. */
  private interface Step {
    double[] of(Batch x, Batch y, Backend on);
  }

  private double[] run(Batch x, Batch y, Step step) {
    Targets.checkAlike("y", x, y);
    double[] values = new double[Places.arrayLength(x.count())];
    session.inBlocks(
        List.of(x, y),
        (on, from, to) -> {
          double[] some = step.of(x.slice(from, to), y.slice(from, to), on);
          System.arraycopy(some, 0, values, (int) from, some.length);
        });
    return values;
  }

  /**
   * Returns Σ x<sub>i</sub> · y<sub>i</sub> of each pair, to within 1 ulp and 2<sup>−80</sup> Σ
   * |x<sub>i</sub> y<sub>i</sub>|, unless a product leaves the range of binary64.
   *
   * @throws IllegalArgumentException if y has not as many vectors, of the same lengths and element
   *     type, or there are too many for an array
   */
  public double[] dot(Batch x, Batch y) {
    return run(
        x, y, (some, other, on) -> Rescaling.identity((int) some.count()).dot(some, other, on));
  }

  /**
   * Returns ⟨x, y⟩ / (‖x‖ ‖y‖) of each pair, from −1 to 1, for the L2 norm; NaN where the norm of
   * one of them is 0, subnormal or not finite. For nearly parallel vectors the {@link #angle} says
   * more.
   *
   * @throws IllegalArgumentException if y has not as many vectors, of the same lengths and element
   *     type, or there are too many for an array
   */
  public double[] cosine(Batch x, Batch y) {
    return run(
        x,
        y,
        (some, other, on) -> {
          double[] xs = reciprocals(some, on);
          double[] ys = reciprocals(other, on);
          double[] cosines = scaledBy(xs).dot(some, other, on);
          for (int i = 0; i < cosines.length; i++) {
            double cosine = cosines[i] * ys[i];
            cosines[i] = Math.max(-1, Math.min(1, cosine));
          }
          return cosines;
        });
  }

  /** Returns 1 / ‖x‖ of each vector, NaN where the norm is no normal number. */
  private static double[] reciprocals(Batch x, Backend on) {
    Reductions reduced = Reductions.of(on, List.of(Norm.L2), x, new LongAdder());
    return Arrays.stream(reduced.values(Norm.L2))
        .map(n -> n >= Double.MIN_NORMAL && n <= Double.MAX_VALUE ? 1 / n : Double.NaN)
        .toArray();
  }

  private static Derivative scaledBy(double[] factors) {
    Derivative scaled = new Derivative(ElementMap.SCALE, factors.length);
    for (int i = 0; i < factors.length; i++) {
      scaled.setScale(i, factors[i], 0, 0);
    }
    return scaled;
  }

  /**
   * Returns the angle of each pair, from 0 to π: 2 atan2(‖x̂ − ŷ‖, ‖x̂ + ŷ‖) for x̂ = x / ‖x‖ and ŷ
   * = y / ‖y‖, which is accurate to a few units of 2<sup>−53</sup> however small the angle is; NaN
   * where the norm of a vector is 0, subnormal or not finite. Source: W. Kahan, "How Futile are
   * Mindless Assessments of Roundoff in Floating-Point Computation?" (2006), §12.
   *
   * @throws IllegalArgumentException if y has not as many vectors, of the same lengths and element
   *     type, there are too many for an array, or they are not both on the host
   */
  public double[] angle(Batch x, Batch y) {
    Targets.checkPlain("x", x);
    Targets.checkPlain("y", y);
    return run(
        x,
        y,
        (some, other, on) -> {
          double[] xs = reciprocals(some, on);
          double[] ys = reciprocals(other, on);
          double[] apart = distances(some, other, xs, ys, on);
          double[] opposite =
              distances(some, other, xs, Arrays.stream(ys).map(f -> -f).toArray(), on);
          // Of no elements, the distances are 0 whatever the factors are.
          Arrays.setAll(
              apart,
              i ->
                  Double.isNaN(xs[i] + ys[i]) ? Double.NaN : 2 * Math.atan2(apart[i], opposite[i]));
          return apart;
        });
  }

  private static double[] distances(
      Batch x, Batch y, double[] xFactors, double[] yFactors, Backend on) {
    Batch difference = new DifferenceBatch(x, y, xFactors, yFactors);
    return Reductions.of(on, List.of(Norm.L2), difference, new LongAdder()).values(Norm.L2);
  }
}
