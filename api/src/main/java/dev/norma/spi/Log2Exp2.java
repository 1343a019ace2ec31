package dev.norma.spi;

/**
 * Logarithm and power of two in fused multiply-adds alone, the same operations on every backend:
 * what a library's {@code pow} returns differs from one platform to the next, this does not.
 *
 * <p>The logarithm's error is below 2<sup>−56</sup> of it, and 2<sup>−57</sup>, beside an exact
 * exponent, that of the power of y below 2<sup>−63</sup> max(1, |y|) relative; {@code
 * docs/numerics.md} has every operation.
 */
public final class Log2Exp2 {
  /** √½: mantissas are reduced to [√½, √2) times what they are divided by. */
  public static final double ROOT_HALF = 0x1.6a09e667f3bcdp-1;

  /** The bits of 1. */
  public static final long ONE_BITS = 0x3FF0000000000000L;

  /** Lifts every subnormal number into the normal range. */
  public static final double SUBNORMAL_LIFT = 0x1p54;

  /** The binary logarithm of {@link #SUBNORMAL_LIFT}. */
  public static final double SUBNORMAL_LIFT_LOG2 = 54;

  /** 2 / ln 2, leading part. */
  public static final double TWO_OVER_LN2_HI = 0x1.71547652b82fep1;

  /** 2 / ln 2, trailing part. */
  public static final double TWO_OVER_LN2_LO = 0x1.777d0ffda0d24p-55;

  /** (ln 2) / 8, leading part. */
  public static final double LN2_OVER_8_HI = 0x1.62e42fefa39efp-4;

  /** (ln 2) / 8, trailing part. */
  public static final double LN2_OVER_8_LO = 0x1.abc9e3b39803fp-59;

  /** Adding and subtracting it rounds to an integer, ties to even. */
  public static final double ROUND_TO_INTEGER = 0x1.8p52;

  private static final double[] LOG_COEFFICIENTS = logCoefficients();
  private static final double[] EXP_COEFFICIENTS = expCoefficients();

  private Log2Exp2() {}

  /**
   * Returns the coefficients of w(z) = z/3 + z²/5 + … + z¹¹/23, highest first, without the z that
   * all have in common.
   */
  public static double[] logCoefficients() {
    double[] coefficients = new double[11];
    for (int i = 0; i < coefficients.length; i++) {
      coefficients[i] = 1.0 / (2 * (coefficients.length - i) + 1);
    }
    return coefficients;
  }

  /** Returns 1/11!, 1/10!, …, 1/3!. */
  public static double[] expCoefficients() {
    double[] coefficients = new double[9];
    double factorial = 2;
    for (int n = 3; n <= 11; n++) {
      factorial *= n;
      coefficients[11 - n] = 1 / factorial;
    }
    return coefficients;
  }

  /**
   * A binary logarithm: exponent + (hi + lo), the exponent an integer and |hi| ≤ ½.
   *
   * @param exponent the integer part
   * @param hi the leading part of the rest
   * @param lo the trailing part, at most a hundredth of hi
   */
  public record Log2(double exponent, double hi, double lo) {}

  /**
   * Returns the binary logarithm of the quotient of a positive finite number by h in [1, 2), as it
   * were of one number: where the quotient is near 1 it is as accurate as elsewhere.
   */
  public static Log2 log2(double x, double h) {
    boolean subnormal = x < Double.MIN_NORMAL;
    long bits = Double.doubleToRawLongBits(subnormal ? x * SUBNORMAL_LIFT : x);
    long biased = (bits + (ONE_BITS - Double.doubleToRawLongBits(h * ROOT_HALF))) >>> 52;
    double m = Double.longBitsToDouble(bits - (biased << 52) + ONE_BITS);
    double exponent = (biased - 1023) - (subnormal ? SUBNORMAL_LIFT_LOG2 : 0);
    // log m / h = 2 artanh(s) = 2 (s + s w(s²)), s = (m - h) / (m + h); m - h is exact.
    double f = m - h;
    double g = m + h;
    double gLo = f - (g - 2 * h);
    double reciprocal = 1 / g;
    double s = f * reciprocal;
    double sLo = reciprocal * Math.fma(-s, gLo, Math.fma(-s, g, f));
    double z = s * s;
    double tail = Math.fma(s, z * polynomial(LOG_COEFFICIENTS, z), sLo);
    double hi = s * TWO_OVER_LN2_HI;
    double lo =
        Math.fma(s, TWO_OVER_LN2_HI, -hi) + Math.fma(tail, TWO_OVER_LN2_HI, s * TWO_OVER_LN2_LO);
    return new Log2(exponent, hi, lo);
  }

  /** Returns 2<sup>r + lo</sup> for |r| ≤ ½ and a far smaller lo. */
  public static DoubleDouble exp2(double r, double lo) {
    // v = (r + lo) ln 2 / 8, then e^v - 1, then squared three times as (1 + e)² - 1 = 2e + e².
    double v = r * LN2_OVER_8_HI;
    double vLo = Math.fma(r, LN2_OVER_8_HI, -v) + Math.fma(r, LN2_OVER_8_LO, lo * LN2_OVER_8_HI);
    double square = v * v;
    double squareLo = Math.fma(v, v, -square);
    double half = 0.5 * square;
    double tail = (square * v) * polynomial(EXP_COEFFICIENTS, v);
    double sum = v + half;
    double sumLo = (half - (sum - v)) + (Math.fma(v, vLo, 0.5 * squareLo) + (vLo + tail));
    double e = sum + sumLo;
    double eLo = sumLo - (e - sum);
    for (int i = 0; i < 3; i++) {
      double twice = 2 * e;
      square = e * e;
      squareLo = Math.fma(e, e, -square) + twice * eLo;
      sum = twice + square;
      sumLo = (square - (sum - twice)) + (squareLo + 2 * eLo);
      e = sum + sumLo;
      eLo = sumLo - (e - sum);
    }
    double hi = 1 + e;
    return new DoubleDouble(hi, (e - (hi - 1)) + eLo);
  }

  private static double polynomial(double[] highestFirst, double x) {
    double value = highestFirst[0];
    for (int i = 1; i < highestFirst.length; i++) {
      value = Math.fma(value, x, highestFirst[i]);
    }
    return value;
  }
}
