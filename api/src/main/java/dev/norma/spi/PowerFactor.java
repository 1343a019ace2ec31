package dev.norma.spi;

/**
 * The factors (|x| / s)^q of {@link ElementMap.Kind#POWER} and {@link ElementMap.Kind#HESSIAN} for
 * one exponent and one scale, over the whole range of binary64 and beyond: each is a pair in about
 * [½, 2) and an exponent. Immutable.
 */
public final class PowerFactor {
  /** Beyond 2 to this and its reciprocal, a factor is infinite or 0, whatever it multiplies. */
  public static final double FARTHEST_LOG2 = 4200;

  /** Exponents below this change nothing more. */
  public static final int LOWEST = -2100;

  /** Exponents above this change nothing more. */
  public static final int HIGHEST = 2040;

  private final double q;
  private final PowerScale scale;

  /** Prepares factors of an exponent over a scale. */
  public PowerFactor(double q, PowerScale scale) {
    this.q = q;
    this.scale = scale;
  }

  /**
   * Returns c · 2<sup>k</sup> · (|x| / s)<sup>q</sup> · f for a positive finite |x|, of a size that
   * no factor on the way exceeds.
   */
  public double times(double absX, double c, double k, double f) {
    DoubleDouble product = scale.log2OfPower(absX, q);
    DoubleDouble y = product.normalized();
    // Also where the product is infinite, and y no number.
    if (!(Math.abs(product.hi()) < FARTHEST_LOG2)) {
      y = new DoubleDouble(product.hi() > 0 ? FARTHEST_LOG2 : -FARTHEST_LOG2, 0);
    }
    double n = (y.hi() + Log2Exp2.ROUND_TO_INTEGER) - Log2Exp2.ROUND_TO_INTEGER;
    DoubleDouble power = Log2Exp2.exp2(y.hi() - n, y.lo());
    return scaled(Math.fma(power.hi(), c, power.lo() * c) * f, n + k);
  }

  /** Returns t · 2<sup>k</sup>, in two steps, of which the first is exact. */
  public static double scaled(double t, double k) {
    int power = (int) Math.clamp(k, LOWEST, HIGHEST);
    int half = power >> 1;
    return t * Math.scalb(1.0, half) * Math.scalb(1.0, power - half);
  }
}
