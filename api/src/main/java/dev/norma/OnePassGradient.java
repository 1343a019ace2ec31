package dev.norma;

import dev.norma.spi.Backend;
import dev.norma.spi.Plan;
import dev.norma.spi.PlanResult;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Gradients of norms that are finished from one sum: each vector is reduced, and its gradient
 * written while it is still in the nearest cache. Vectors whose sum left the safe range are done
 * once more, with scales.
 */
final class OnePassGradient {
  private final Norm norm;
  private final Derivative.Factors upstream;
  private final Derivative gradient;
  private final double[] norms;

  private OnePassGradient(Norm norm, Derivative.Factors upstream, int vectors) {
    this.norm = norm;
    this.upstream = upstream;
    this.gradient = Derivative.gradient(norm, vectors);
    this.norms = new double[vectors];
  }

  /** Tells whether one sum is enough, or else vectors are still there to be summed again. */
  static boolean fits(Norm norm, Batch x, Batch out, Into into) {
    boolean sum = norm.rule() == Norm.Rule.SUM || norm.rule() == Norm.Rule.ROOT_OF_SUM;
    boolean safe = sum && !norm.primitive().compensated(x.type());
    return safe || (sum && into == Into.REPLACE && Targets.apart(x, out));
  }

  /** Writes the gradients of vectors and returns their norms. */
  static double[] write(
      Norm norm, Batch x, Batch out, Into into, Derivative.Factors upstream, Backend on) {
    OnePassGradient pass = new OnePassGradient(norm, upstream, Math.toIntExact(x.count()));
    Plan plan = new Plan(x, List.of(norm.primitive()), null, new LongAdder());
    PlanResult reduced = on.runThenMap(plan, pass::finish, pass.gradient.writing(x, out, into));
    if (norm.primitive().compensated(x.type())) {
      long[] unsafe = Reductions.unsafe(norm.primitive(), reduced.hi(0));
      if (unsafe.length > 0) {
        pass.repeat(unsafe, x, out, on);
      }
    }
    return pass.norms;
  }

  private void finish(PlanResult reduced, int from, int to) {
    double[] hi = reduced.hi(0);
    double[] lo = reduced.lo(0);
    boolean root = norm.rule() == Norm.Rule.ROOT_OF_SUM;
    for (int i = from; i < to; i++) {
      double value = root ? gradient.setRootGradient(i, upstream.of(i), hi[i], lo[i]) : Double.NaN;
      norms[i] = Double.isNaN(value) ? finish(hi[i], lo[i], i) : value;
    }
  }

  private double finish(double hi, double lo, int vector) {
    Scaled value = norm.finish(hi, lo, 1);
    gradient.setGradient(norm, vector, upstream.of(vector), value);
    return value.value();
  }

  private void repeat(long[] vectors, Batch x, Batch out, Backend on) {
    Batch some = x.select(vectors);
    Reductions reduced = Reductions.of(on, List.of(norm), some, new LongAdder());
    Derivative.gradient(norm, reduced, i -> upstream.of((int) vectors[i]))
        .write(some, out.select(vectors), Into.REPLACE, on);
    double[] values = reduced.values(norm);
    for (int i = 0; i < values.length; i++) {
      norms[(int) vectors[i]] = values[i];
    }
  }
}
