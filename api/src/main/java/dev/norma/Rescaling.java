package dev.norma;

import dev.norma.spi.DoubleDouble;
import dev.norma.spi.ElementMap;
import java.util.Arrays;
import java.util.Objects;

/** Multiples of vectors that depend on their norms, as functions of one element. */
final class Rescaling {
  private Rescaling() {}

  /** Returns what leaves every element as it is. */
  static Derivative identity(int vectors) {
    Derivative same = new Derivative(ElementMap.SCALE, vectors);
    for (int i = 0; i < vectors; i++) {
      same.setScale(i, 1, 0, 0);
    }
    return same;
  }

  /** Returns x / max(‖x‖, ε), and 0 where that is 0. */
  static Derivative normalizing(Norm norm, Reductions reduced, double epsilon) {
    Derivative quotient = new Derivative(ElementMap.SCALE, reduced.count());
    Scaled least = Scaled.of(epsilon);
    reduced.finish(
        norm, (n, i) -> quotient.setQuotient((int) i, 1, n.value() <= epsilon ? least : n));
    return quotient;
  }

  /**
   * Returns the vector-Jacobian product of normalising by L2, of x and an upstream vector u: (u −
   * x̂ ⟨x̂, u⟩) / ‖x‖, the Hessian of the norm times u, and u / ε where that is larger.
   *
   * @param products ⟨x̂, u⟩ of each vector
   */
  static Derivative normalizingVjp(Reductions reduced, double[] products, double epsilon) {
    Derivative vjp = new Derivative(ElementMap.hessian(0), reduced.count());
    int exponent = Math.getExponent(epsilon);
    Scaled least = new Scaled(Math.scalb(epsilon, -exponent), 0, exponent);
    reduced.finish(
        Norm.L2,
        (n, i) -> {
          boolean small = n.value() <= epsilon;
          vjp.setHessian((int) i, 1, small ? 0 : products[(int) i], small ? least : n);
        });
    return vjp;
  }

  /** Checks that a norm shrinks as its vector does, so that a multiple has the norm of a limit. */
  static void checkProportional(Norm norm) {
    Objects.requireNonNull(norm, "norm");
    if (norm.equals(Norm.L0) || norm.equals(Norm.SQUARED_L2)) {
      throw new IllegalArgumentException(
          "norm: "
              + norm
              + " is not proportional to its vector; all but 0 and sq2 are, and clip to a limit");
    }
  }

  /** Returns x · min(limit / ‖x‖, 1). */
  static Derivative clipping(Norm norm, Reductions reduced, double limit) {
    Derivative clipped = new Derivative(ElementMap.SCALE, reduced.count());
    reduced.finish(norm, (n, i) -> clip(clipped, (int) i, n, limit));
    return clipped;
  }

  /** An infinite or NaN norm makes a NaN of every element. */
  private static void clip(Derivative clipped, int vector, Scaled norm, double limit) {
    if (norm.value() <= limit && Double.isFinite(norm.value())) {
      clipped.setScale(vector, 1, 0, 0);
    } else {
      clipped.setQuotient(vector, limit, norm);
    }
  }

  /** Returns x · u / n for one norm n of all. */
  static Derivative quotients(long vectors, double u, Scaled n) {
    Derivative quotients = new Derivative(ElementMap.SCALE, Math.toIntExact(vectors));
    for (int i = 0; i < vectors; i++) {
      quotients.setQuotient(i, u, n);
    }
    return quotients;
  }

  /** Returns x · max(1 − λ / ‖x‖, 0), for the L2 norm. */
  static Derivative shortening(Reductions reduced, double lambda) {
    Derivative shorter = new Derivative(ElementMap.SCALE, reduced.count());
    reduced.finish(Norm.L2, (n, i) -> shorten(shorter, (int) i, n, lambda));
    return shorter;
  }

  private static void shorten(Derivative shorter, int vector, Scaled norm, double lambda) {
    if (norm.value() <= lambda) {
      shorter.setScale(vector, 0, 0, 0);
    } else if (!Double.isFinite(norm.value())) {
      shorter.setScale(vector, Double.NaN, 0, 0);
    } else {
      // λ brought to the exponent of the norm is no larger than it.
      double same = Math.scalb(lambda, -norm.exponent());
      DoubleDouble ratio = new DoubleDouble(same, 0).over(norm.hi());
      double lo = ratio.lo() - ratio.hi() * (norm.lo() / norm.hi());
      DoubleDouble rest = DoubleDouble.ofOrdered(1, -ratio.hi()).plus(0, -lo).normalized();
      shorter.setScale(vector, rest.hi(), rest.lo(), 0);
    }
  }

  /** Returns the soft threshold hi + lo of each vector. */
  static Derivative shrinking(double[] his, double[] los) {
    Derivative soft = new Derivative(ElementMap.SHRINK, his.length);
    for (int i = 0; i < his.length; i++) {
      soft.set(i, bound(his[i], los[i]), his[i], los[i]);
    }
    return soft;
  }

  /** Returns the hard threshold hi + lo: elements within it are 0, all others stay as they are. */
  static Derivative keeping(double[] his, double[] los) {
    Derivative hard = new Derivative(ElementMap.SHRINK, his.length);
    for (int i = 0; i < his.length; i++) {
      hard.set(i, bound(his[i], los[i]), 0, 0);
    }
    return hard;
  }

  /**
   * Returns the largest number that is not above hi + lo, where lo is no more than its rounding.
   */
  private static double bound(double hi, double lo) {
    return lo < 0 ? Math.nextDown(hi) : hi;
  }

  /** Returns the element, no farther from zero than a bound. */
  static Derivative clamping(double[] bounds) {
    Derivative clamped = new Derivative(ElementMap.CLAMP, bounds.length);
    for (int i = 0; i < bounds.length; i++) {
      clamped.set(i, bounds[i]);
    }
    return clamped;
  }

  /** Returns the same number for each of some vectors. */
  static double[] all(long vectors, double value) {
    double[] values = new double[Math.toIntExact(vectors)];
    Arrays.fill(values, value);
    return values;
  }
}
