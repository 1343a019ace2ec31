package dev.norma.cpu;

import dev.norma.spi.ElementMap;
import dev.norma.spi.MapPlan;
import dev.norma.spi.PowerFactor;
import dev.norma.spi.PowerScale;

/** The functions of elements, in readable code, with the coefficients of one vector. */
final class ScalarMap {
  private final ElementMap.Kind kind;
  private final boolean powers;
  private final double[] c;
  private final PowerFactor power;
  private final int small;
  private final boolean shortMultiple;

  /** Takes the coefficients of a vector. */
  ScalarMap(MapPlan plan, int vector) {
    kind = plan.map().kind();
    c = new double[kind.coefficients()];
    for (int k = 0; k < c.length; k++) {
      c[k] = plan.coefficients(k)[vector];
    }
    small = ShortMultiple.small(plan.x().type());
    shortMultiple = ShortMultiple.areWritten(plan) && ShortMultiple.fits(c[0], c[2], c[3]);
    double q = plan.map().exponent();
    powers = q != 0;
    int scale = c.length - 3; // where a power is, its scale is last
    power =
        powers ? new PowerFactor(q, new PowerScale(c[scale], c[scale + 1], c[scale + 2])) : null;
  }

  /** Returns f(x), or f(x, w). */
  double of(double x, double w) {
    return switch (kind) {
      case ZERO -> 0;
      case SCALE -> scale(x);
      case SIGN -> x > 0 ? c[0] : x < 0 ? -c[0] : x == 0 ? zero(c[0]) : Double.NaN;
      case TIE -> Math.abs(x) != c[0] ? zero(c[1]) : x < 0 ? -c[1] : c[1];
      case EQUAL -> Math.abs(x) == c[0] ? 1 : 0;
      case POWER -> power(x);
      case SHRINK -> x > c[0] ? x - c[1] - c[2] : x < -c[0] ? x + c[1] + c[2] : zero(x);
      case CLAMP -> x > c[0] ? c[0] : x < -c[0] ? -c[0] : x;
      case HESSIAN -> hessian(x, w);
    };
  }

  /** Returns +0, and NaN for what is not finite. */
  private static double zero(double finite) {
    return Double.isFinite(finite) ? 0 : Double.NaN;
  }

  private double scale(double x) {
    if (shortMultiple) {
      return ShortMultiple.of((float) x, c[0], small);
    }
    double t = x * c[2];
    return (c[1] == 0 ? t * c[0] : Math.fma(t, c[0], t * c[1])) * c[3];
  }

  private double power(double x) {
    if (x == 0 || Double.isInfinite(x)) {
      return zero(c[0]);
    }
    double y = power.times(Math.abs(x), c[0], c[1], 1);
    return x < 0 ? -y : y;
  }

  private double hessian(double x, double w) {
    double rest = Math.fma(-(x * c[1]), c[0], w);
    if (!powers) {
      return PowerFactor.scaled(c[2] * rest, c[3]);
    }
    if (x == 0 || Double.isInfinite(x)) {
      return zero(c[2]);
    }
    return power.times(Math.abs(x), c[2], c[3], rest);
  }
}
