package dev.norma.conformance;

import ch.obermuhlner.math.big.BigDecimalMath;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * (Σ |x|<sup>p</sup>)<sup>1/p</sup> of positive finite doubles, to more than 50 digits. Where p is
 * a small multiple of ¼, the powers are quotients of integers and their square roots; any other p
 * goes through logarithms of arbitrary precision.
 */
final class ExactPower {
  private static final MathContext DIGITS = new MathContext(65);

  /** Powers of the quotients are kept to so many bits behind the point. */
  private static final int FRACTION_BITS = 256;

  /** Beside the term 1 of the largest quotient, e to this is nothing. */
  private static final BigDecimal NOTHING = BigDecimal.valueOf(-200);

  /** A norm beyond 2 to this is far outside of binary64, however small the elements. */
  private static final int FAR = 6000;

  private static final BigDecimal LN2 = BigDecimalMath.log(BigDecimal.TWO, DIGITS);
  private static final Map<Double, BigDecimal> LOGARITHMS = new ConcurrentHashMap<>();

  private ExactPower() {}

  /**
   * Returns the norm.
   *
   * @param scale the largest of the values for p &gt; 0, the smallest for p &lt; 0
   */
  static Truth norm(double[] values, double p, double scale) {
    BigDecimal sum =
        Math.abs(p) <= 16 && p * 4 == Math.rint(p * 4)
            ? quarters(values, (int) (p * 4), scale)
            : logarithms(values, p, scale);
    BigDecimal exponent = BigDecimalMath.log(sum, DIGITS).divide(new BigDecimal(p), DIGITS);
    return exp(exponent, BigInteger.valueOf(Truth.mantissa(scale)), Truth.lowestBit(scale));
  }

  /**
   * Returns e to a power, times factor · 2<sup>binaryPower</sup>; of what is far outside of
   * binary64, any number that is far outside on the same side.
   */
  private static Truth exp(BigDecimal power, BigInteger factor, int binaryPower) {
    BigDecimal binary = power.divide(LN2, DIGITS);
    if (binary.abs().compareTo(BigDecimal.valueOf(FAR)) > 0) {
      return Truth.of(BigInteger.ONE, power.signum() * FAR);
    }
    int whole = binary.intValue();
    BigDecimal rest = power.subtract(LN2.multiply(BigDecimal.valueOf(whole)));
    BigDecimal exp = BigDecimalMath.exp(rest, DIGITS);
    return Truth.of(exp.multiply(new BigDecimal(factor))).timesPowerOfTwo(whole + binaryPower);
  }

  /** Returns u · (x / n)^q of positive numbers, of which the logarithm of n is given. */
  static Truth times(double u, double x, BigDecimal logOfN, double q) {
    BigDecimal log = logarithm(x).subtract(logOfN).multiply(new BigDecimal(q)).round(DIGITS);
    return exp(log, BigInteger.valueOf(Truth.mantissa(u)), Truth.lowestBit(u));
  }

  /** Returns Σ (x / scale)^(quarters / 4) from integers. */
  static BigDecimal quarters(double[] values, int quarters, double scale) {
    int roots = (quarters & 1) != 0 ? 2 : (quarters & 2) != 0 ? 1 : 0;
    int power = quarters >> (2 - roots);
    BigInteger sum = BigInteger.ZERO;
    for (double x : values) {
      sum = sum.add(power > 0 ? term(x, scale, power, roots) : term(scale, x, -power, roots));
    }
    BigDecimal unit = new BigDecimal(BigInteger.TWO.pow(FRACTION_BITS));
    return new BigDecimal(sum).divide(unit, DIGITS);
  }

  /** Returns (x / over)^(power / 2^roots) in units of 2^-FRACTION_BITS; x is at most over. */
  private static BigInteger term(double x, double over, int power, int roots) {
    int bits = FRACTION_BITS << roots;
    int shift = bits + power * (Truth.lowestBit(x) - Truth.lowestBit(over));
    BigInteger numerator = BigInteger.valueOf(Truth.mantissa(x)).pow(power);
    BigInteger denominator = BigInteger.valueOf(Truth.mantissa(over)).pow(power);
    if (shift + numerator.bitLength() < denominator.bitLength() - 1) {
      return BigInteger.ZERO;
    }
    BigInteger quotient =
        shift >= 0
            ? numerator.shiftLeft(shift).divide(denominator)
            : numerator.divide(denominator.shiftLeft(-shift));
    for (int i = 0; i < roots; i++) {
      quotient = quotient.sqrt();
    }
    return quotient;
  }

  /** Returns Σ (x / scale)^p from logarithms. */
  static BigDecimal logarithms(double[] values, double p, double scale) {
    BigDecimal exactP = new BigDecimal(p);
    BigDecimal scaleLog = logarithm(scale);
    BigDecimal sum = BigDecimal.ZERO;
    for (double x : values) {
      BigDecimal exponent = logarithm(x).subtract(scaleLog).multiply(exactP, DIGITS);
      if (exponent.signum() == 0) {
        sum = sum.add(BigDecimal.ONE);
      } else if (exponent.compareTo(NOTHING) > 0) {
        sum = sum.add(BigDecimalMath.exp(exponent, DIGITS));
      }
    }
    return sum;
  }

  private static BigDecimal logarithm(double x) {
    return LOGARITHMS.computeIfAbsent(x, ExactPower::computeLogarithm);
  }

  private static BigDecimal computeLogarithm(double x) {
    return logarithm(Truth.ofAbs(x));
  }

  /** Returns the natural logarithm of a positive number. */
  static BigDecimal logarithm(Truth x) {
    int shift = x.significand().bitLength() - 1;
    BigDecimal fraction =
        new BigDecimal(x.significand()).divide(new BigDecimal(BigInteger.TWO.pow(shift)), DIGITS);
    return BigDecimalMath.log(fraction, DIGITS)
        .add(LN2.multiply(BigDecimal.valueOf(x.exponent() + shift)));
  }
}
