package dev.norma.spi;

import dev.norma.ElementType;

/**
 * A reduction that every backend implements. Norms are made of these; {@code docs/numerics.md} says
 * operation by operation how each is computed.
 *
 * @param kind what is reduced
 * @param exponent the p of {@link Kind#POW_SUM}, 0 for all others
 */
public record Primitive(Kind kind, double exponent) {
  /** The reductions there are. */
  public enum Kind {
    /** How many elements differ from zero; a NaN does. */
    NONZERO_COUNT,
    /** Σ |x|. */
    ABS_SUM,
    /** Σ x². */
    SQUARE_SUM,
    /**
     * Σ (|x| / s)^p for the scale s of the vector; the caller sees to it that no term exceeds 1.
     */
    POW_SUM,
    /** max |x|, 0 for an empty vector; NaN if any element is. */
    ABS_MAX,
    /** min |x|, infinity for an empty vector; NaN if any element is. */
    ABS_MIN
  }

  /** The number of nonzero elements. */
  public static final Primitive NONZERO_COUNT = new Primitive(Kind.NONZERO_COUNT, 0);

  /** The sum of absolute values. */
  public static final Primitive ABS_SUM = new Primitive(Kind.ABS_SUM, 0);

  /** The sum of squares. */
  public static final Primitive SQUARE_SUM = new Primitive(Kind.SQUARE_SUM, 0);

  /** The largest absolute value. */
  public static final Primitive ABS_MAX = new Primitive(Kind.ABS_MAX, 0);

  /** The smallest absolute value. */
  public static final Primitive ABS_MIN = new Primitive(Kind.ABS_MIN, 0);

  /** Returns the sum of p-th powers of scaled absolute values. */
  public static Primitive powSum(double p) {
    return new Primitive(Kind.POW_SUM, p);
  }

  /** Tells whether this is a sum, as opposed to a count or an extreme. */
  public boolean isSum() {
    return kind == Kind.ABS_SUM || kind == Kind.SQUARE_SUM || kind == Kind.POW_SUM;
  }

  /**
   * Tells whether this is summed as an unevaluated pair hi + lo for elements of the given type:
   * sums of binary64 and of p-th powers are, sums of shorter types need only binary64.
   */
  public boolean compensated(ElementType type) {
    return kind == Kind.POW_SUM || (isSum() && type == ElementType.F64);
  }

  @Override
  public String toString() {
    return kind == Kind.POW_SUM ? kind + "(" + exponent + ")" : kind.toString();
  }
}
