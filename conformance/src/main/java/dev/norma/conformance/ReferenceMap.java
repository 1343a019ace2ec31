package dev.norma.conformance;

import dev.norma.ElementType;
import dev.norma.spi.ElementMap;

/**
 * The functions of elements, written down once more from {@code docs/numerics.md} ("Functions of
 * elements") under the names of that page, where x′ is x1 here: with nothing in common with what
 * backends use.
 */
final class ReferenceMap {
  private static final double ROUNDER = 1.5 * (1L << 52);
  private static final double FARTHEST = 4200;
  private static final int LOWEST = -2100;
  private static final int HIGHEST = 2040;

  private final ElementMap map;
  private final double[] c;

  /** Takes the coefficients of a vector, in the order of the page. */
  ReferenceMap(ElementMap map, double... coefficients) {
    this.map = map;
    this.c = coefficients;
  }

  /** Returns f(x), or f(x, w) of two operands. */
  double of(double x, double w) {
    return switch (map.kind()) {
      case ZERO -> 0;
      case SCALE -> scale(x, c[0], c[1], c[2], c[3]);
      case SIGN -> sign(x, c[0]);
      case TIE -> tie(x, c[0], c[1]);
      case EQUAL -> Math.abs(x) == c[0] ? 1 : 0;
      case POWER -> power(x);
      case SHRINK -> shrink(x, c[0], c[1], c[2]);
      case CLAMP -> clamp(x, c[0]);
      case HESSIAN -> hessian(x, w);
    };
  }

  /**
   * Returns the same, of elements of a type, where it is written as it is: multiples in the shorter
   * types are rounded to binary32 already.
   */
  double written(ElementType type, double x, double w) {
    boolean one = map.kind() == ElementMap.Kind.SCALE && c[2] == 1 && c[3] == 1;
    int exponent = one ? Math.getExponent(c[0]) : 0;
    if (!one || type == ElementType.F64 || (c[0] != 0 && (exponent < -96 || exponent >= 96))) {
      return of(x, w);
    }
    long bits = (long) Math.scalb(Math.abs(c[0]), 52 - exponent);
    int power = exponent - 52;
    float head = (float) Math.scalb((double) (bits & 0x1FFFFFE0000000L), power);
    float rest = (float) Math.scalb((double) (bits & 0x1FFFFFFFL), power);
    float v = (float) Math.copySign(1, c[0]) * (float) x;
    float y = rest == 0 ? v * head : Math.fma(v, head, v * rest);
    boolean small = type == ElementType.F32 && y != 0 && Math.abs(y) < 0x1p-124;
    return small ? (float) (x * c[0]) : y;
  }

  /** Returns Σ f(x), or Σ f(x) · w where w is not null, as a pair. */
  ReferenceOrder.Sum sum(double[] x, double[] w) {
    ReferenceOrder.Sum[] terms = new ReferenceOrder.Sum[x.length];
    for (int i = 0; i < x.length; i++) {
      double y = of(x[i], 0);
      double q = w == null ? y : y * w[i];
      terms[i] = new ReferenceOrder.Sum(q, w == null ? 0 : Math.fma(y, w[i], -q));
    }
    return ReferenceOrder.ofTerms(terms);
  }

  private static double zero(double c) {
    return Double.isNaN(c) || Double.isInfinite(c) ? Double.NaN : 0;
  }

  private static double scale(double x, double h, double l, double b, double a) {
    double t = x * b;
    if (l == 0) {
      return t * h * a;
    }
    return Math.fma(t, h, t * l) * a;
  }

  private static double sign(double x, double c) {
    if (Double.isNaN(x)) {
      return Double.NaN;
    }
    if (x == 0) {
      return zero(c);
    }
    return x > 0 ? c : -c;
  }

  private static double tie(double x, double m, double c) {
    if (Math.abs(x) == m) {
      return x < 0 ? -c : c;
    }
    return zero(c);
  }

  private static double shrink(double x, double t, double h, double l) {
    if (x > t) {
      return x - h - l;
    }
    return x < -t ? x + h + l : zero(x);
  }

  private static double clamp(double x, double theta) {
    if (x > theta) {
      return theta;
    }
    return x < -theta ? -theta : x;
  }

  private double power(double x) {
    if (x == 0 || Double.isInfinite(x)) {
      return zero(c[0]);
    }
    double value = power(Math.abs(x), c[0], c[1], 1, scaleAt(2));
    return x < 0 ? -value : value;
  }

  private double hessian(double x, double w) {
    double d = Math.fma(-(x * c[1]), c[0], w);
    if (map.exponent() == 0) {
      return inTwoSteps(c[2] * d, c[3]);
    }
    if (x == 0 || Double.isInfinite(x)) {
      return zero(c[2]);
    }
    return power(Math.abs(x), c[2], c[3], d, scaleAt(4));
  }

  /** Returns the scale whose h, η and ν are coefficients from the i-th on. */
  private ReferencePower.Scale scaleAt(int i) {
    return new ReferencePower.Scale(c[i], c[i + 1], (int) c[i + 2]);
  }

  /** Returns c · 2^k · (a / s)^q · f. */
  private double power(double a, double c, double k, double f, ReferencePower.Scale s) {
    ReferenceOrder.Sum pi = ReferencePower.power(a, s, map.exponent());
    double y = pi.hi() + pi.lo();
    double y1 = pi.lo() - (y - pi.hi());
    if (!(Math.abs(pi.hi()) < FARTHEST)) {
      y = pi.hi() > 0 ? FARTHEST : -FARTHEST;
      y1 = 0;
    }
    double n = (y + ROUNDER) - ROUNDER;
    ReferenceOrder.Sum power = ReferencePower.exp2OfFraction(y - n, y1);
    return inTwoSteps(Math.fma(power.hi(), c, power.lo() * c) * f, n + k);
  }

  private static double inTwoSteps(double t, double power) {
    int j = (int) Math.min(Math.max(power, LOWEST), HIGHEST);
    int i = Math.floorDiv(j, 2);
    return t * Math.scalb(1.0, i) * Math.scalb(1.0, j - i);
  }
}
