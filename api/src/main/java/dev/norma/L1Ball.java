package dev.norma;

import dev.norma.spi.Backend;
import dev.norma.spi.DoubleDouble;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Projections onto the L1 ball: all elements are shrunk by the one threshold that leaves the norm
 * r. It is (N − r) / n for the norm N of the n elements beyond it, which are found by leaving out
 * those that are not beyond this of all that are left; so there are no more steps than elements,
 * and seldom more than ten.
 *
 * <p>The elements that are left stay as they are until the threshold is known, so that nothing is
 * rounded but the threshold, to a pair of numbers, and at the end the result. Only differences are
 * rounded before, where their place is of a shorter type.
 *
 * <p>Source: C. Michelot, "A finite algorithm for finding the projection of a point onto the
 * canonical simplex of Rⁿ" (1986), doi:10.1007/BF00938486.
 */
final class L1Ball {
  private static final List<Norm> NORMS = List.of(Norm.L1, Norm.L0);

  private final double radius;
  private final Backend on;

  /** Whether all is done with halves: differences of a short type may be twice its largest. */
  private final boolean halves;

  /** The thresholds. */
  private final double[] his;

  private final double[] los;

  /** How many elements were left when last counted. */
  private final double[] left;

  private L1Ball(Batch x, double radius, Batch out, Backend on) {
    int vectors = Math.toIntExact(x.count());
    this.halves = x.type() != out.type();
    this.radius = halves ? radius / 2 : radius;
    this.on = on;
    this.his = new double[vectors];
    this.los = new double[vectors];
    this.left = new double[vectors];
    Arrays.fill(left, Double.POSITIVE_INFINITY);
  }

  /** Projects vectors; what is not finite makes a NaN of every element. */
  static void project(Batch x, double radius, Batch out, Backend on) {
    L1Ball ball = new L1Ball(x, radius, out, on);
    double[] norms = ball.search(x, out);
    if (Arrays.stream(ball.his).anyMatch(hi -> hi > 0)) {
      Rescaling.shrinking(ball.his, ball.los).write(out, out, Into.REPLACE, on);
    }
    if (ball.halves) {
      multiple(2, out, out, on);
    }
    ball.spoil(norms, out);
  }

  /** Writes what projecting takes off the vectors, which are apart from where it goes. */
  static void remainder(Batch x, double radius, Batch out, Backend on) {
    L1Ball ball = new L1Ball(x, radius, out, on);
    double[] norms = ball.search(x, out);
    if (ball.halves) {
      Arrays.setAll(ball.his, i -> 2 * ball.his[i]);
    }
    Rescaling.clamping(ball.his).write(x, out, Into.REPLACE, on);
    ball.spoil(norms, out);
  }

  /**
   * Finds the thresholds.
   *
   * @param out where the elements beyond them are left
   * @return the norms of the vectors
   */
  private double[] search(Batch x, Batch out) {
    Reductions all = reduce(x);
    double[] norms = all.values(Norm.L1);
    if (halves) {
      multiple(0.5, x, out, on);
      all = reduce(out);
    }
    boolean more = improve(all);
    leave(halves ? out : x, out);
    while (more) {
      more = improve(reduce(out));
      if (more) {
        leave(out, out);
      }
    }
    return norms;
  }

  private static void multiple(double factor, Batch x, Batch out, Backend on) {
    Rescaling.quotients(x.count(), factor, Scaled.of(1)).write(x, out, Into.REPLACE, on);
  }

  private Reductions reduce(Batch batch) {
    return Reductions.of(on, NORMS, batch, new LongAdder());
  }

  private void leave(Batch from, Batch to) {
    Rescaling.keeping(his, los).write(from, to, Into.REPLACE, on);
  }

  /** Finds the thresholds for the elements left, and tells whether there was any to find. */
  private boolean improve(Reductions reduced) {
    double[] counts = reduced.values(Norm.L0);
    boolean[] any = new boolean[1];
    reduced.finish(Norm.L1, (norm, i) -> any[0] |= improve((int) i, norm, counts[(int) i]));
    return any[0];
  }

  /** Where no element was left out, the threshold stands. */
  private boolean improve(int vector, Scaled norm, double count) {
    boolean fewer = count < left[vector];
    left[vector] = count;
    double value = norm.value();
    if (!fewer || count == 0 || !(value > radius && value <= Double.MAX_VALUE)) {
      return false;
    }
    DoubleDouble threshold = threshold(norm, count);
    his[vector] = threshold.hi();
    los[vector] = threshold.lo();
    return true;
  }

  /**
   * Returns the mean less r / n. The mean of n elements alike is exact, and where they differ, so
   * much is left of one that the mean may be rounded.
   */
  private DoubleDouble threshold(Scaled norm, double count) {
    DoubleDouble mean = DoubleDouble.ofOrdered(norm.hi(), norm.lo()).over(count).normalized();
    DoubleDouble share = new DoubleDouble(radius, 0).over(count);
    DoubleDouble rest =
        new DoubleDouble(
                Math.scalb(mean.hi(), norm.exponent()), Math.scalb(mean.lo(), norm.exponent()))
            .plus(-share.hi(), -share.lo());
    // What is left may be less than what it lacks.
    return new DoubleDouble(rest.hi(), 0).plus(rest.lo(), 0);
  }

  private void spoil(double[] norms, Batch out) {
    boolean any = false;
    Derivative spoiled = Rescaling.identity(norms.length);
    for (int i = 0; i < norms.length; i++) {
      if (!Double.isFinite(norms[i])) {
        spoiled.setScale(i, Double.NaN, 0, 0);
        any = true;
      }
    }
    if (any) {
      spoiled.write(out, out, Into.REPLACE, on);
    }
  }
}
