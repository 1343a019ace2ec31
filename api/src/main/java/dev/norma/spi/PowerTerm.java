package dev.norma.spi;

/**
 * The terms (|x| / s)^p of {@link Primitive.Kind#POW_SUM} for one exponent and one scale, where no
 * term exceeds 1: s is the largest |x| for p &gt; 0 and the smallest for p &lt; 0. (Over any other
 * s, which only vectors have whose sum is not looked at, terms beyond 1 are 1.) Working from the
 * logarithm of the quotient keeps every p in range, and the difference of the exponents exact, so
 * that scaling all of a vector by a power of two changes no term. Immutable.
 */
public final class PowerTerm {
  /** Terms below 2 to this are 0: beside the term 1 of the scale itself they cannot be seen. */
  public static final double LOWEST_LOG2 = -960;

  private final double p;
  private final PowerScale scale;

  /** Prepares terms of the exponent p over the positive finite scale s. */
  public PowerTerm(double p, double scale) {
    this.p = p;
    this.scale = PowerScale.of(scale);
  }

  /** Returns the term of |x|; 0 for 0 and for infinity. */
  public DoubleDouble of(double absX) {
    if (absX == 0 || absX == Double.POSITIVE_INFINITY) {
      return DoubleDouble.ZERO;
    }
    DoubleDouble y = scale.log2OfPower(absX, p).normalized();
    return power(y.hi(), y.lo());
  }

  private static DoubleDouble power(double y, double yLo) {
    if (y > 0) { // a sum that is not looked at
      return new DoubleDouble(1, 0);
    }
    if (!(y >= LOWEST_LOG2)) {
      return DoubleDouble.ZERO;
    }
    double n = (y + Log2Exp2.ROUND_TO_INTEGER) - Log2Exp2.ROUND_TO_INTEGER;
    DoubleDouble fraction = Log2Exp2.exp2(y - n, yLo);
    double power = Math.scalb(1.0, (int) n);
    return new DoubleDouble(fraction.hi() * power, fraction.lo() * power);
  }
}
