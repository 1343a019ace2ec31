package dev.norma;

import dev.norma.spi.DoubleDouble;
import dev.norma.spi.Log2Exp2;
import dev.norma.spi.PowerScale;

/**
 * A non-negative number (hi + lo) · 2<sup>exponent</sup>: wide enough for every norm of binary64
 * numbers and everything on the way there. Where hi is not finite, it is the number.
 */
record Scaled(double hi, double lo, int exponent) {
  static final Scaled ZERO = new Scaled(0, 0, 0);

  /** Roots above 2 to this are infinite, and below its negative zero, whatever they multiply. */
  private static final double LARGEST_LOG2 = 3000;

  static Scaled of(double value) {
    return new Scaled(value, 0, 0);
  }

  /** Returns the nearest binary64 number. */
  double value() {
    if (!Double.isFinite(hi)) {
      return Double.isNaN(hi) ? Double.NaN : hi; // one NaN, whatever bits the backend met
    }
    double sum = hi + lo;
    return exponent == 0 ? sum : Math.scalb(sum, exponent);
  }

  Scaled timesPowerOfTwo(int power) {
    return new Scaled(hi, lo, exponent + power);
  }

  /** Returns the square root; the exponent must be 0. */
  Scaled sqrt() {
    if (!(hi > 0) || Double.isInfinite(hi)) {
      return this;
    }
    double sum = hi + lo;
    double rest = lo - (sum - hi);
    double root = Math.sqrt(sum);
    return new Scaled(root, rootRest(sum, rest, root), 0);
  }

  /** Returns what is missing in the rounded root of sum + rest. */
  static double rootRest(double sum, double rest, double root) {
    return (Math.fma(-root, root, sum) + rest) / (2 * root);
  }

  /** Returns what powers are taken over; the number is positive and finite. */
  PowerScale powerScale() {
    return PowerScale.of(hi, lo, exponent);
  }

  /** Returns the square root, whatever the exponent is. */
  Scaled rootOfAny() {
    boolean odd = (exponent & 1) != 0;
    Scaled even = odd ? new Scaled(2 * hi, 2 * lo, exponent - 1) : this;
    return new Scaled(even.hi, even.lo, 0).sqrt().timesPowerOfTwo(even.exponent / 2);
  }

  /** Returns scale · S^(1/p) for the sum S ≥ 1 held here; the exponent must be 0. */
  Scaled root(double p, double scale) {
    DoubleDouble log = log2OfSum().over(p);
    if (!(Math.abs(log.hi()) < LARGEST_LOG2)) {
      return of(p > 0 ? Double.POSITIVE_INFINITY : 0);
    }
    DoubleDouble y = log.normalized();
    double n = Math.rint(y.hi());
    DoubleDouble power = Log2Exp2.exp2(y.hi() - n, y.lo());
    PowerScale s = PowerScale.of(scale);
    DoubleDouble product = power.times(s.mantissa());
    return new Scaled(product.hi(), product.lo(), (int) n + (int) s.exponent());
  }

  /**
   * Returns log2(hi + lo) to about 2<sup>−62</sup>: one Newton step, on the power, which is more
   * accurate than the logarithm. A small p would magnify the difference.
   */
  private DoubleDouble log2OfSum() {
    DoubleDouble sum = DoubleDouble.ofOrdered(hi, lo);
    Log2Exp2.Log2 first = Log2Exp2.log2(sum.hi(), 1);
    DoubleDouble fraction = DoubleDouble.ofOrdered(first.hi(), first.lo());
    DoubleDouble power = Log2Exp2.exp2(fraction.hi(), fraction.lo());
    double down = Math.scalb(1.0, -(int) first.exponent());
    double difference = (sum.hi() * down - power.hi()) + (sum.lo() * down - power.lo());
    double correction = difference / power.hi() * (Log2Exp2.TWO_OVER_LN2_HI / 2);
    return DoubleDouble.ofOrdered(first.exponent(), fraction.hi())
        .plus(0, fraction.lo())
        .plus(0, correction);
  }

  /** Returns this + other, with the exponent of the larger one; NaN and infinity pass through. */
  Scaled plus(Scaled other) {
    if (!Double.isFinite(hi) || !Double.isFinite(other.hi)) {
      return of(hi + other.hi);
    }
    if (hi == 0 || other.hi == 0) {
      return hi == 0 ? other : this;
    }
    int common = Math.max(magnitude(), other.magnitude());
    DoubleDouble sum = down(common).plus(other.down(common));
    return new Scaled(sum.hi(), sum.lo(), common);
  }

  private int magnitude() {
    return exponent + Math.getExponent(hi);
  }

  private DoubleDouble down(int common) {
    return new DoubleDouble(Math.scalb(hi, exponent - common), Math.scalb(lo, exponent - common));
  }
}
