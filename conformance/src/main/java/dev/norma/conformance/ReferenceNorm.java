package dev.norma.conformance;

import dev.norma.ElementType;
import dev.norma.Norm;
import dev.norma.spi.Primitive;

/**
 * Norms of vectors finished from the sums of the {@link ReferenceOrder}, written down once more
 * from {@code docs/numerics.md} ("Range" and "Finishing") under the names of that page, where x′ is
 * x1 here: every result must have these bits. Slow.
 */
final class ReferenceNorm {
  private static final double SMALLEST_SAFE_SQUARE_SUM = 0x1p-900;
  private static final double LARGEST_SAFE_SQUARE_SUM = 0x1p1000;
  private static final double C = 0x1.71547652b82fep1;

  private final ElementType type;
  private final double[] vector;

  /** The norm (h + l) · 2^k before its last rounding, or h where that is not finite. */
  record Unrounded(double h, double l, int k) {
    double rounded() {
      if (Double.isNaN(h)) {
        return Double.NaN;
      }
      return Double.isInfinite(h) ? h : Math.scalb(h + l, k);
    }
  }

  private ReferenceNorm(ElementType type, double[] vector) {
    this.type = type;
    this.vector = vector;
  }

  /** Returns a norm of a vector of elements that were of the given type before widening. */
  static double of(Norm norm, ElementType type, double[] vector) {
    return unrounded(norm, type, vector).rounded();
  }

  /** Returns a norm before its last rounding. */
  static Unrounded unrounded(Norm norm, ElementType type, double[] vector) {
    ReferenceNorm of = new ReferenceNorm(type, vector);
    return switch (norm.toString()) {
      case "0" -> new Unrounded(of.leading(Primitive.NONZERO_COUNT), 0, 0);
      case "inf" -> new Unrounded(of.leading(Primitive.ABS_MAX), 0, 0);
      case "-inf" -> new Unrounded(of.leading(Primitive.ABS_MIN), 0, 0);
      case "1" -> of.sum(Primitive.ABS_SUM, 1);
      case "sq2" -> of.sum(Primitive.SQUARE_SUM, 2);
      case "2" -> root(of.sum(Primitive.SQUARE_SUM, 1));
      default -> of.power(Norms.exponent(norm));
    };
  }

  private ReferenceOrder.Sum reduce(Primitive primitive, double scale) {
    return ReferenceOrder.reduce(primitive, type, vector, scale);
  }

  private double leading(Primitive primitive) {
    return reduce(primitive, 1).hi();
  }

  /** Returns the sum over the scale s, times the given power of s. */
  private Unrounded sum(Primitive primitive, int degree) {
    int k = isSafe(primitive) ? 0 : exponentOfScale();
    ReferenceOrder.Sum sum = reduce(primitive, Math.scalb(1.0, k));
    return new Unrounded(sum.hi(), sum.lo(), degree * k);
  }

  private boolean isSafe(Primitive primitive) {
    double h = leading(primitive);
    if (type != ElementType.F64) {
      return true;
    }
    return primitive.equals(Primitive.ABS_SUM)
        ? Double.isFinite(h)
        : h >= SMALLEST_SAFE_SQUARE_SUM && h <= LARGEST_SAFE_SQUARE_SUM;
  }

  private int exponentOfScale() {
    double largest = leading(Primitive.ABS_MAX);
    boolean stands = largest == 0 || !Double.isFinite(largest);
    return stands ? 0 : Math.min(Math.max(Math.getExponent(largest), -1021), 1022);
  }

  private static Unrounded root(Unrounded sum) {
    if (sum.h == 0 || !Double.isFinite(sum.h)) {
      return sum;
    }
    double b = sum.h + sum.l;
    double b1 = sum.l - (b - sum.h);
    double rho = Math.sqrt(b);
    double d = (Math.fma(-rho, rho, b) + b1) / (2 * rho);
    return new Unrounded(rho, d, sum.k);
  }

  private Unrounded power(double p) {
    double scale = leading(p > 0 ? Primitive.ABS_MAX : Primitive.ABS_MIN);
    if (scale == 0 || !Double.isFinite(scale)) {
      return new Unrounded(scale, 0, 0);
    }
    return powerRoot(reduce(Primitive.powSum(p), scale), p, scale);
  }

  private static Unrounded powerRoot(ReferenceOrder.Sum sum, double p, double scale) {
    ReferenceOrder.Sum lambda = log2(sum.hi(), sum.lo());
    double kappa = lambda.hi() / p;
    double kappa1 = (Math.fma(-kappa, p, lambda.hi()) + lambda.lo()) / p;
    if (!(Math.abs(kappa) < 3000)) {
      return new Unrounded(p > 0 ? Double.POSITIVE_INFINITY : 0, 0, 0);
    }
    double y = kappa + kappa1;
    double y1 = kappa1 - (y - kappa);
    double n = Math.rint(y);
    ReferenceOrder.Sum power = ReferencePower.exp2OfFraction(y - n, y1);
    int lift = scale < Double.MIN_NORMAL ? 54 : 0;
    int k = Math.getExponent(Math.scalb(scale, lift)) - lift;
    double m = Math.scalb(Math.scalb(scale, lift), -k - lift);
    double q = power.hi() * m;
    double q1 = Math.fma(power.hi(), m, -q) + power.lo() * m;
    return new Unrounded(q, q1, (int) n + k);
  }

  /** Returns the pair (λ, λ′), the logarithm of h + l. */
  private static ReferenceOrder.Sum log2(double h, double l) {
    double b = h + l;
    double b1 = l - (b - h);
    ReferencePower.Log2 log = ReferencePower.log2(b, 1);
    double g = log.l() + log.m();
    double g1 = log.m() - (g - log.l());
    ReferenceOrder.Sum power = ReferencePower.exp2OfFraction(g, g1);
    double down = Math.scalb(1.0, -log.e());
    double delta = ((b * down - power.hi()) + (b1 * down - power.lo())) / power.hi() * (C / 2);
    double lambda = log.e() + g;
    return new ReferenceOrder.Sum(lambda, ((g - (lambda - log.e())) + g1) + delta);
  }
}
