package dev.norma.spi;

/**
 * A positive number s = h · 2<sup>ν + η</sup> that powers (|x| / s)<sup>q</sup> are taken over, for
 * a number h in [1, 2), an integer ν and what is missing in h: as accurate as a pair, so that a
 * large q does not magnify an error of s beyond what it is of the power. Immutable.
 *
 * @param mantissa the number h
 * @param rest η, of about a last bit of h, relative
 * @param exponent the integer ν
 */
public record PowerScale(double mantissa, double rest, double exponent) {
  /** The number 1. */
  public static final PowerScale ONE = new PowerScale(1, 0, 0);

  /** Returns s, a positive finite number, as a scale. */
  public static PowerScale of(double s) {
    boolean subnormal = s < Double.MIN_NORMAL;
    double normal = subnormal ? s * Log2Exp2.SUBNORMAL_LIFT : s;
    int exponent = Math.getExponent(normal);
    double mantissa = Math.scalb(normal, -exponent);
    return new PowerScale(mantissa, 0, exponent - (subnormal ? Log2Exp2.SUBNORMAL_LIFT_LOG2 : 0));
  }

  /**
   * Returns (hi + lo) · 2<sup>exponent</sup> as a scale.
   *
   * @param hi a positive normal number
   * @param lo at most about a last bit of hi
   */
  public static PowerScale of(double hi, double lo, int exponent) {
    int down = Math.getExponent(hi);
    double rest = lo / hi * (Log2Exp2.TWO_OVER_LN2_HI / 2);
    return new PowerScale(Math.scalb(hi, -down), rest, down + exponent);
  }

  /** Returns the binary logarithm of (x / s)<sup>q</sup> for a positive finite x. */
  DoubleDouble log2OfPower(double x, double q) {
    Log2Exp2.Log2 log = Log2Exp2.log2(x, mantissa);
    double difference = log.exponent() - exponent;
    double ratio = difference + log.hi();
    double ratioLo = (log.hi() - (ratio - difference)) + (log.lo() - rest);
    double product = q * ratio;
    return new DoubleDouble(product, Math.fma(q, ratioLo, Math.fma(q, ratio, -product)));
  }
}
