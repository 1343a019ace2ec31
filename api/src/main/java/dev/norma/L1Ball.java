package dev.norma;

import dev.norma.spi.Backend;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Projections onto the L1 ball: all elements are shrunk by the one threshold that leaves the norm
 * r. As long as some vanish on the way, what is left of the norm beyond r is spread over those that
 * do not, so that there are no more steps than elements, and seldom more than ten.
 *
 * <p>Source: C. Michelot, "A finite algorithm for finding the projection of a point onto the
 * canonical simplex of Rⁿ" (1986), doi:10.1007/BF00938486.
 */
final class L1Ball {
  private static final List<Norm> NORMS = List.of(Norm.L1, Norm.L0);

  private final double radius;
  private final Backend on;
  private final double[] excess;
  private final double[] left;

  private L1Ball(double radius, int vectors, Backend on) {
    this.radius = radius;
    this.on = on;
    this.excess = new double[vectors];
    this.left = new double[vectors];
  }

  /** Projects vectors; what is not finite makes a NaN of every element. */
  static void project(Batch x, double radius, Batch out, Backend on) {
    L1Ball ball = new L1Ball(radius, (int) x.count(), on);
    Reductions reduced = ball.reduce(x);
    double[] norms = reduced.values(Norm.L1);
    ball.step(norms, reduced.values(Norm.L0), true);
    Rescaling.shrinking(ball.excess).write(x, out, Into.REPLACE, on);
    for (boolean more = true; more; ) {
      Reductions rest = ball.reduce(out);
      more = ball.step(rest.values(Norm.L1), rest.values(Norm.L0), false);
      if (more) {
        Rescaling.shrinking(ball.excess).write(out, out, Into.REPLACE, on);
      }
    }
    ball.spoil(norms, out);
  }

  private Reductions reduce(Batch batch) {
    return Reductions.of(on, NORMS, batch, new LongAdder());
  }

  /** Spreads what is too much over the elements left, and tells whether there was any. */
  private boolean step(double[] norms, double[] counts, boolean first) {
    boolean any = false;
    for (int i = 0; i < norms.length; i++) {
      boolean vanished = first || counts[i] < left[i];
      boolean above = norms[i] > radius && norms[i] <= Double.MAX_VALUE;
      excess[i] = above && vanished ? (norms[i] - radius) / counts[i] : 0;
      left[i] = counts[i];
      any |= excess[i] > 0;
    }
    return any;
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
