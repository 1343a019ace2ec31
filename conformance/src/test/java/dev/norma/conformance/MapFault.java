package dev.norma.conformance;

import dev.norma.ElementType;
import dev.norma.spi.ElementMap;
import dev.norma.spi.ElementMap.Kind;

/** Mistakes that a backend could plausibly make in functions of elements. */
enum MapFault {
  /** No mistake. */
  NONE,
  /** The sign of an element is not looked at where it is the largest. */
  TIE_WITHOUT_SIGN,
  /** The trailing part of a factor or threshold is forgotten. */
  NO_TRAILING,
  /** What is missing in the mantissa of a norm that powers are taken over is forgotten. */
  SCALE_ROUNDED,
  /** A NaN has the sign 0. */
  NAN_LOST,
  /** A zero has a sign. */
  SIGN_OF_ZERO,
  /** A power is multiplied by a power of two in one step. */
  ONE_STEP,
  /** Values are not added to what is there. */
  ADD_IGNORED,
  /** The last element of a full chunk is left out. */
  CHUNK_END,
  /** Halves are rounded once, not by way of binary32. */
  ROUNDED_ONCE,
  /** A NaN is written with any bits. */
  NAN_BITS,
  /** Sums are of leading parts alone. */
  PLAIN_SUMS,
  /** The errors of products are not added. */
  PRODUCTS_ROUNDED,
  /** Every vector has the coefficients of the first. */
  FIRST_COEFFICIENTS,
  /** Multiples of shorter types are computed in binary64. */
  MULTIPLES_IN_BINARY64,
  /** Multiples of shorter types are by a factor that is rounded. */
  FACTOR_ROUNDED,
  /** Subnormal values are flushed to zero. */
  FLUSHES;

  private static final int CHUNK = 4096;

  /**
   * Returns the value of one element.
   *
   * @param written the type of what is written as it is, or null
   */
  double value(ElementMap map, double[] coefficients, double x, double w, ElementType written) {
    double[] c = coefficients.clone();
    Kind kind = map.kind();
    if (this == NO_TRAILING && kind == Kind.SCALE) {
      c[1] = 0;
    }
    if (this == NO_TRAILING && kind == Kind.SHRINK) {
      c[2] = 0;
    }
    if (this == SCALE_ROUNDED && (kind == Kind.POWER || kind == Kind.HESSIAN)) {
      c[c.length - 2] = 0;
    }
    int k = kind == Kind.POWER ? 1 : kind == Kind.HESSIAN ? 3 : -1;
    double after = 1;
    if (this == ONE_STEP && k >= 0) {
      after = Math.pow(2, c[k]);
      c[k] = 0;
    }
    if (this == FACTOR_ROUNDED && kind == Kind.SCALE && written != null) {
      c[0] = (float) c[0];
    }
    ReferenceMap f = new ReferenceMap(map, c);
    boolean rounds = written != null && this != MULTIPLES_IN_BINARY64;
    double value = (rounds ? f.written(written, x, w) : f.of(x, w)) * after;
    return switch (this) {
      case TIE_WITHOUT_SIGN -> kind == Kind.TIE ? Math.abs(value) : value;
      case NAN_LOST -> kind == Kind.SIGN && Double.isNaN(x) ? 0 : value;
      case SIGN_OF_ZERO -> kind == Kind.SIGN && x == 0 ? Math.copySign(c[0], x) : value;
      case FLUSHES -> Math.abs(value) < Double.MIN_NORMAL ? 0 : value;
      default -> value;
    };
  }

  /** Tells whether an element is written at all. */
  boolean writes(int index) {
    return this != CHUNK_END || index % CHUNK != CHUNK - 1;
  }
}
