package dev.norma.conformance;

import dev.norma.ElementType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * What a norm truly is: significand · 2<sup>exponent</sup>, infinity or NaN. Sums, counts and
 * extremes are held exactly, roots and powers to far more digits than a test looks at. Immutable.
 */
public final class Truth implements Comparable<Truth> {
  /** Not a number. */
  public static final Truth NAN = new Truth(Double.NaN, null, 0);

  /** Infinity itself, as opposed to a number too large for binary64. */
  public static final Truth INFINITY = new Truth(Double.POSITIVE_INFINITY, null, 0);

  /** The number 0. */
  public static final Truth ZERO = new Truth(0, BigInteger.ZERO, 0);

  /** Square roots are cut off below so many bits. */
  private static final int ROOT_BITS = 300;

  /** Numbers are shown with so many digits. */
  private static final MathContext SHOWN = new MathContext(25);

  private final double special;
  private final BigInteger significand;
  private final int exponent;

  private Truth(double special, BigInteger significand, int exponent) {
    this.special = special;
    this.significand = significand;
    this.exponent = exponent;
  }

  /**
   * Returns significand · 2<sup>exponent</sup>.
   *
   * @throws IllegalArgumentException if the significand is negative
   */
  public static Truth of(BigInteger significand, int exponent) {
    if (significand.signum() < 0) {
      throw new IllegalArgumentException("significand: " + significand + " is negative");
    }
    return significand.signum() == 0 ? ZERO : new Truth(0, significand, exponent);
  }

  /** Returns the absolute value of a double, exactly. */
  public static Truth ofAbs(double x) {
    if (Double.isNaN(x)) {
      return NAN;
    }
    return Double.isInfinite(x) ? INFINITY : of(BigInteger.valueOf(mantissa(x)), lowestBit(x));
  }

  /** Returns a non-negative decimal number, cut off to about 300 bits. */
  public static Truth of(BigDecimal value) {
    int bits = value.precision() - value.scale(); // at least as many decimal digits before the dot
    int down = (int) Math.ceil(bits * 3.3219280948873626) - ROOT_BITS;
    BigDecimal factor = new BigDecimal(BigInteger.TWO.pow(Math.abs(down)));
    BigInteger scaled =
        down > 0
            ? value.divide(factor, 0, RoundingMode.DOWN).toBigInteger()
            : value.multiply(factor).toBigInteger();
    return of(scaled, down);
  }

  /** Returns the whole mantissa of a finite double, without its sign. */
  static long mantissa(double x) {
    long bits = Double.doubleToRawLongBits(x);
    long fraction = bits & 0xF_FFFF_FFFF_FFFFL;
    return (bits << 1) >>> 53 == 0 ? fraction : fraction | 1L << 52;
  }

  /** Returns the power of two that the last bit of the mantissa of a finite double stands for. */
  static int lowestBit(double x) {
    return Math.max(Math.getExponent(x), Double.MIN_EXPONENT) - 52;
  }

  /** Tells whether this is a number: neither infinity nor NaN. */
  public boolean isNumber() {
    return significand != null;
  }

  /** Tells whether this is NaN. */
  boolean isNan() {
    return Double.isNaN(special);
  }

  /** Returns the significand; null where this is no number. */
  BigInteger significand() {
    return significand;
  }

  /** Returns the power of two that the significand is multiplied by. */
  int exponent() {
    return exponent;
  }

  /** Returns the square root, to 300 bits. */
  public Truth sqrt() {
    if (!isNumber() || significand.signum() == 0) {
      return this;
    }
    int up = Math.max(0, 2 * ROOT_BITS - significand.bitLength());
    up += (exponent - up) & 1;
    return of(significand.shiftLeft(up).sqrt(), (exponent - up) / 2);
  }

  /** Returns the sum; NaN and infinity pass through as in binary64. */
  public Truth plus(Truth other) {
    if (!isNumber() || !other.isNumber()) {
      return ofAbs(special + other.special);
    }
    int common = Math.min(exponent, other.exponent);
    return of(shifted(common).add(other.shifted(common)), common);
  }

  /** Returns the product with another number; both are numbers. */
  Truth times(Truth other) {
    return of(significand.multiply(other.significand), exponent + other.exponent);
  }

  /** Returns the quotient, cut off to 300 bits; both are numbers, the other one not 0. */
  Truth over(Truth other) {
    int up = Math.max(0, ROOT_BITS + other.significand.bitLength() - significand.bitLength());
    BigInteger quotient = significand.shiftLeft(up).divide(other.significand);
    return of(quotient, exponent - other.exponent - up);
  }

  /** Returns the product with 2<sup>power</sup>. */
  public Truth timesPowerOfTwo(int power) {
    return isNumber() ? of(significand, exponent + power) : this;
  }

  private BigInteger shifted(int common) {
    return significand.shiftLeft(exponent - common);
  }

  /** Returns the nearest binary64 number, ties to even; infinity from the largest + ½ ulp on. */
  public double rounded() {
    return isNumber() ? rounded(53, -1074, Double.MAX_EXPONENT) : special;
  }

  /** Returns the nearest binary32 number, ties to even; infinity from the largest + ½ ulp on. */
  public float roundedToFloat() {
    return (float) rounded(Format.of(ElementType.F32));
  }

  /** Returns the nearest number of a format, ties to even. */
  public double rounded(Format to) {
    int smallest = to.minExponent() - to.precision() + 1;
    return isNumber() ? rounded(to.precision(), smallest, to.maxExponent()) : special;
  }

  private double rounded(int precision, int smallest, int largest) {
    int magnitude = significand.bitLength() - 1 + exponent;
    if (magnitude > largest) {
      return Double.POSITIVE_INFINITY;
    }
    int last = Math.max(magnitude - precision + 1, smallest);
    BigInteger nearest = nearest(significand, last - exponent);
    double value = Math.scalb(nearest.doubleValue(), last);
    return Math.getExponent(value) > largest ? Double.POSITIVE_INFINITY : value;
  }

  /** Drops the lowest bits and rounds to nearest, ties to even. */
  private static BigInteger nearest(BigInteger value, int drop) {
    if (drop <= 0) {
      return value.shiftLeft(-drop);
    }
    BigInteger kept = value.shiftRight(drop);
    boolean half = value.testBit(drop - 1);
    boolean beyondHalf = half && value.getLowestSetBit() < drop - 1;
    return beyondHalf || (half && kept.testBit(0)) ? kept.add(BigInteger.ONE) : kept;
  }

  /** Compares numbers; infinity is the largest, and NaN beyond it. */
  @Override
  public int compareTo(Truth other) {
    if (!isNumber() || !other.isNumber()) {
      return Double.compare(special, other.special);
    }
    int common = Math.min(exponent, other.exponent);
    return shifted(common).compareTo(other.shifted(common));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Truth truth && compareTo(truth) == 0;
  }

  @Override
  public int hashCode() {
    return Double.hashCode(rounded());
  }

  /** Returns the number to 25 digits. */
  @Override
  public String toString() {
    return isNumber() ? toDecimal().round(SHOWN).toString() : Double.toString(special);
  }

  /** Returns the number as a decimal, exactly as it is held. */
  public BigDecimal toDecimal() {
    BigDecimal power = new BigDecimal(BigInteger.TWO.pow(Math.abs(exponent)));
    BigDecimal whole = new BigDecimal(significand);
    return exponent >= 0
        ? whole.multiply(power)
        : whole
            .multiply(new BigDecimal(BigInteger.valueOf(5).pow(-exponent)))
            .scaleByPowerOfTen(exponent);
  }
}
