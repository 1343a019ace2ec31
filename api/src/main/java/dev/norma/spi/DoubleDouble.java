package dev.norma.spi;

/**
 * A number as the unevaluated sum hi + lo of two binary64 numbers, with the few operations of the
 * numeric contract. Every operation here is part of the contract: the sequence of roundings is what
 * all backends repeat.
 *
 * <p>Sources: Dekker, "A floating-point technique for extending the available precision" (1971),
 * doi:10.1007/BF01397083; Knuth, The Art of Computer Programming 2, 4.2.2; Ogita, Rump, Oishi,
 * "Accurate sum and dot product" (2005), doi:10.1137/030601818.
 *
 * @param hi the leading part
 * @param lo the trailing part
 */
public record DoubleDouble(double hi, double lo) {
  /** The number 0. */
  public static final DoubleDouble ZERO = new DoubleDouble(0, 0);

  /** Returns the rounding error of {@code sum = a + b}, exactly, unless it overflows (TwoSum). */
  public static double sumError(double a, double b, double sum) {
    double bRounded = sum - a;
    return (a - (sum - bRounded)) + (b - bRounded);
  }

  /** Returns a + b as a pair, exactly, where |a| ≥ |b| or a is 0 (FastTwoSum). */
  public static DoubleDouble ofOrdered(double a, double b) {
    double sum = a + b;
    return new DoubleDouble(sum, b - (sum - a));
  }

  /** Returns a · b as a pair, exactly, unless it leaves the range. */
  public static DoubleDouble ofProduct(double a, double b) {
    double product = a * b;
    return new DoubleDouble(product, Math.fma(a, b, -product));
  }

  /** Adds a pair: the leading parts with their rounding error, the trailing parts beside it. */
  public DoubleDouble plus(double otherHi, double otherLo) {
    double sum = hi + otherHi;
    return new DoubleDouble(sum, (lo + otherLo) + sumError(hi, otherHi, sum));
  }

  /** Adds a pair: the leading parts with their rounding error, the trailing parts beside it. */
  public DoubleDouble plus(DoubleDouble other) {
    return plus(other.hi, other.lo);
  }

  /** Multiplies by a number. */
  public DoubleDouble times(double factor) {
    double product = hi * factor;
    return new DoubleDouble(product, Math.fma(hi, factor, -product) + lo * factor);
  }

  /** Divides by a number. */
  public DoubleDouble over(double divisor) {
    double quotient = hi / divisor;
    return new DoubleDouble(quotient, (Math.fma(-quotient, divisor, hi) + lo) / divisor);
  }

  /** Returns the same number with |lo| at most half an ulp of hi, where |hi| ≥ |lo|. */
  public DoubleDouble normalized() {
    return ofOrdered(hi, lo);
  }

  /** Returns the nearest binary64 number. */
  public double value() {
    return hi + lo;
  }
}
