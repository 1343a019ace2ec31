package dev.norma.gpu.cuda;

import java.util.Random;

/** Operands: special bits in all combinations of two, and random ones. */
final class PtxValues {
  private static final int RANDOM = 2000;

  private static final long[] INTEGERS = {
    0,
    1,
    2,
    3,
    7,
    31,
    32,
    33,
    63,
    64,
    65,
    127,
    128,
    255,
    256,
    0x7fff,
    0x8000,
    0xffff,
    0x10000,
    0x7fffffffL,
    0x80000000L,
    0xffffffffL,
    0x100000000L,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    -1,
    -2,
    -7
  };

  private static final double[] DOUBLES = {
    0,
    1,
    1.5,
    0.1,
    2.5,
    3.5,
    2251799813685248.5,
    Double.MIN_VALUE,
    3 * Double.MIN_VALUE,
    Double.MIN_NORMAL,
    Double.MAX_VALUE,
    Float.MIN_VALUE,
    Float.MIN_NORMAL,
    Float.MAX_VALUE,
    0x1.ffffffp127,
    0x1p-150,
    0x1.8p-150,
    65504,
    65519.99,
    65520,
    0x1p-24,
    0x1p-25,
    0x1.8p-25,
    0x1.004p0,
    0x1.00c0000000001p0,
    32767.5,
    65535.5,
    0x1p31,
    0x1p32,
    0x1p63,
    0x1p64,
    1e300,
    1e-300,
    Double.POSITIVE_INFINITY,
    Double.NaN
  };

  private PtxValues() {}

  /** Operands for integers. */
  static long[][] integers() {
    return rows(INTEGERS);
  }

  /** Operands for doubles. */
  static long[][] doubles() {
    long[] bits = new long[2 * DOUBLES.length];
    for (int i = 0; i < DOUBLES.length; i++) {
      bits[2 * i] = Double.doubleToRawLongBits(DOUBLES[i]);
      bits[2 * i + 1] = Double.doubleToRawLongBits(-DOUBLES[i]);
    }
    return rows(bits);
  }

  /** Operands for floats. */
  static long[][] floats() {
    long[] bits = new long[2 * DOUBLES.length];
    for (int i = 0; i < DOUBLES.length; i++) {
      bits[2 * i] = Float.floatToRawIntBits((float) DOUBLES[i]);
      bits[2 * i + 1] = Float.floatToRawIntBits((float) -DOUBLES[i]);
    }
    return rows(bits);
  }

  private static long[][] rows(long[] special) {
    Random random = new Random(5);
    int pairs = special.length * special.length;
    long[][] rows = new long[pairs + RANDOM][4];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < 4; j++) {
        boolean any = i >= pairs && random.nextInt(4) != 0;
        rows[i][j] = any ? random.nextLong() : special[random.nextInt(special.length)];
      }
      if (i < pairs) {
        rows[i][0] = special[i % special.length];
        rows[i][1] = special[i / special.length];
      }
    }
    return rows;
  }
}
