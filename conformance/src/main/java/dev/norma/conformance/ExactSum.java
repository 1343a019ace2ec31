package dev.norma.conformance;

import java.math.BigInteger;

/**
 * Σ |x| or Σ x² of doubles, exactly: integers of 128 bits, one for each exponent that a double can
 * have, put together at the end. Not safe for use by several threads.
 */
final class ExactSum {
  /** So many products of 106 bits fit 127 bits. */
  private static final int SPILL = 1 << 20;

  private static final int EXPONENTS = 2047;

  private final boolean squares;
  private final long[] high = new long[EXPONENTS];
  private final long[] low = new long[EXPONENTS];
  private BigInteger spilled = BigInteger.ZERO;
  private int pending;
  private int lowest = EXPONENTS;
  private int highest = -1;

  /** Starts at 0; adds squares or absolute values. */
  ExactSum(boolean squares) {
    this.squares = squares;
  }

  /** Adds the absolute value or the square of a finite number. */
  void add(double x) {
    long mantissa = Truth.mantissa(x);
    long factor = squares ? mantissa : 1;
    int exponent = Truth.lowestBit(x) + 1074;
    lowest = Math.min(lowest, exponent);
    highest = Math.max(highest, exponent);
    long product = mantissa * factor;
    low[exponent] += product;
    long carry = Long.compareUnsigned(low[exponent], product) < 0 ? 1 : 0;
    high[exponent] += Math.multiplyHigh(mantissa, factor) + carry;
    if (++pending == SPILL) {
      spill();
    }
  }

  /** Returns the sum so far. */
  Truth value() {
    spill();
    return Truth.of(spilled, squares ? -2148 : -1074);
  }

  private void spill() {
    for (int i = lowest; i <= highest; i++) {
      if ((high[i] | low[i]) != 0) {
        BigInteger lower = BigInteger.valueOf(low[i] >>> 1).shiftLeft(1);
        BigInteger bucket =
            BigInteger.valueOf(high[i]).shiftLeft(64).add(lower).or(BigInteger.valueOf(low[i] & 1));
        spilled = spilled.add(bucket.shiftLeft(squares ? 2 * i : i));
        high[i] = 0;
        low[i] = 0;
      }
    }
    pending = 0;
  }
}
