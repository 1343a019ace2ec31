package dev.norma.spi;

/**
 * A function of one element that every backend implements, with coefficients that differ from
 * vector to vector: gradients, normalised and clipped vectors are made of these. {@code
 * docs/numerics.md} says operation by operation how each is computed.
 *
 * @param kind which function
 * @param exponent the q of {@link Kind#POWER} and {@link Kind#HESSIAN}, 0 for all others
 */
public record ElementMap(Kind kind, double exponent) {
  /** The functions there are, each with what its coefficients mean, in their order. */
  public enum Kind {
    /** 0, also of a NaN. */
    ZERO(0),

    /**
     * x · (hi + lo) · 2<sup>k</sup>: hi, lo, and two powers of two, for before and after. Of the
     * shorter types, what is written and not added is x · hi in binary32, with a hi of two parts,
     * where both powers are 1 and hi is in a range that the page states.
     */
    SCALE(4),

    /** c · sgn(x), and NaN of a NaN: c. */
    SIGN(1),

    /** c · sgn(x) where |x| = m, and 0 elsewhere: m, c. */
    TIE(2),

    /** 1 where |x| = m, and 0 elsewhere: m. */
    EQUAL(1),

    /**
     * c · 2<sup>k</sup> · sgn(x) · (|x| / s)<sup>q</sup>: c, k, and the three parts of s as {@link
     * PowerScale}. Of 0 it is 0, whatever q.
     */
    POWER(5),

    /**
     * sgn(x) · (|x| − h − l) where |x| &gt; t, and 0 elsewhere, the soft threshold h + l, or with h
     * = l = 0 a hard one: t, h, l.
     */
    SHRINK(3),

    /** min(max(x, −θ), θ): θ. */
    CLAMP(1),

    /**
     * c · 2<sup>k</sup> · (|x| / s)<sup>q</sup> · (w − x · b · e), of two operands: e, a power of
     * two b, c, k, and the three parts of s. Where q is 0, there is no power; where it is not, of x
     * = 0 it is 0.
     */
    HESSIAN(7);

    private final int coefficients;

    Kind(int coefficients) {
      this.coefficients = coefficients;
    }

    /** Returns how many coefficients each vector has. */
    public int coefficients() {
      return coefficients;
    }
  }

  /** Zero. */
  public static final ElementMap ZERO = new ElementMap(Kind.ZERO, 0);

  /** A multiple of the element. */
  public static final ElementMap SCALE = new ElementMap(Kind.SCALE, 0);

  /** A multiple of its sign. */
  public static final ElementMap SIGN = new ElementMap(Kind.SIGN, 0);

  /** A multiple of the sign of what is largest, or smallest. */
  public static final ElementMap TIE = new ElementMap(Kind.TIE, 0);

  /** Whether the absolute value is a number. */
  public static final ElementMap EQUAL = new ElementMap(Kind.EQUAL, 0);

  /** The soft threshold, or a hard one. */
  public static final ElementMap SHRINK = new ElementMap(Kind.SHRINK, 0);

  /** The element, no farther from zero than a bound. */
  public static final ElementMap CLAMP = new ElementMap(Kind.CLAMP, 0);

  /** Returns a multiple of a power of the absolute value, with its sign. */
  public static ElementMap power(double q) {
    return new ElementMap(Kind.POWER, q);
  }

  /** Returns what a Hessian makes of an element and that of a direction. */
  public static ElementMap hessian(double q) {
    return new ElementMap(Kind.HESSIAN, q);
  }

  /** Tells whether it is a function of the elements of two batches. */
  public boolean ofTwo() {
    return kind == Kind.HESSIAN;
  }

  @Override
  public String toString() {
    return kind == Kind.POWER || kind == Kind.HESSIAN ? kind + "(" + exponent + ")" : "" + kind;
  }
}
