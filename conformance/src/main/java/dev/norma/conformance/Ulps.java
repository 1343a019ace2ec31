package dev.norma.conformance;

import dev.norma.ElementType;
import java.math.BigInteger;

/**
 * Measures how far a floating-point result lies from the truth, itself computed exactly and rounded
 * only when it is told. Where one of the two is NaN and the other is not, or one is infinity itself
 * and the other finite, the distance is infinite.
 */
public final class Ulps {
  /** Differences are cut to so many bits before they become a double. */
  private static final int KEPT_BITS = 64;

  private Ulps() {}

  /**
   * Returns the error of a binary64 result in units of the last place of the correctly rounded
   * value. An infinite result stands for 2<sup>1024</sup> where the truth is a number; it has no
   * error where the truth rounds to infinity.
   */
  public static double error(double result, Truth truth) {
    double nearest = truth.rounded();
    if (same(result, nearest)) {
      return truth.isNumber() && Double.isFinite(nearest) ? distance(result, truth, nearest) : 0;
    }
    return distance(result, truth, nearest);
  }

  private static double distance(double result, Truth truth, double nearest) {
    if (Double.isNaN(result) || result < 0 || !truth.isNumber()) {
      return Double.POSITIVE_INFINITY;
    }
    int ulp = Double.isInfinite(nearest) ? 971 : Math.getExponent(Math.ulp(nearest));
    if (Math.ulp(nearest) < Double.MIN_NORMAL) {
      ulp = Truth.lowestBit(nearest);
    }
    return difference(of(result, Double.MAX_EXPONENT + 1), truth, -ulp);
  }

  /** Returns the error of a binary32 result in units of the last place of the nearest float. */
  public static double floatError(float result, Truth truth) {
    return error(result, truth, Format.of(ElementType.F32));
  }

  /**
   * Returns the error of a result of some format in units of the last place of the nearest number
   * of that format. An infinite result stands for the power of two that would come next.
   */
  public static double error(double result, Truth truth, Format format) {
    double nearest = truth.rounded(format);
    if (same(result, nearest) && (!truth.isNumber() || Double.isInfinite(nearest))) {
      return 0;
    }
    if (Double.isNaN(result) || result < 0 || !truth.isNumber()) {
      return Double.POSITIVE_INFINITY;
    }
    double finite = Math.min(nearest, format.largest());
    int ulp = Math.max(Math.getExponent(finite), format.minExponent()) - format.precision() + 1;
    return difference(of(result, format.maxExponent() + 1), truth, -ulp);
  }

  /** Returns the error of a result relative to the truth; 0 where both are 0. */
  public static double relative(double result, Truth truth) {
    if (same(result, truth.rounded()) && !Double.isFinite(result)) {
      return 0;
    }
    if (Double.isNaN(result) || result < 0 || !truth.isNumber()) {
      return Double.POSITIVE_INFINITY;
    }
    int magnitude = truth.significand().bitLength() - 1 + truth.exponent();
    double error = difference(of(result, Double.MAX_EXPONENT + 1), truth, -magnitude);
    // The truth is its leading bit, 2^magnitude, times a number in [1, 2).
    Truth leading = truth.timesPowerOfTwo(-magnitude);
    return error == 0 ? 0 : error / leading.rounded();
  }

  private static boolean same(double a, double b) {
    return a == b || (Double.isNaN(a) && Double.isNaN(b));
  }

  private static Truth of(double result, int exponentOfInfinity) {
    return Double.isInfinite(result)
        ? Truth.of(BigInteger.ONE, exponentOfInfinity)
        : Truth.ofAbs(result);
  }

  /** Returns |a − b| · 2^power. */
  private static double difference(Truth a, Truth b, int power) {
    int common = Math.min(a.exponent(), b.exponent());
    BigInteger one = a.significand().shiftLeft(a.exponent() - common);
    BigInteger other = b.significand().shiftLeft(b.exponent() - common);
    BigInteger difference = one.subtract(other).abs();
    int drop = Math.max(0, difference.bitLength() - KEPT_BITS);
    return Math.scalb(difference.shiftRight(drop).doubleValue(), drop + common + power);
  }
}
