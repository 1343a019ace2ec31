package dev.norma;

import dev.norma.spi.Primitive;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A norm of a vector, or what is called one: a value that says what is computed of each vector of a
 * {@link Batch}.
 *
 * <p>Zeros of either sign are zero. A NaN element makes every result NaN, also beside an infinity,
 * except in {@link #L0}, where it counts as one element. No result overflows or underflows unless
 * the norm itself lies outside of binary64. The bounds on the error are those of {@code
 * docs/numerics.md}. Instances are immutable and equal where they compute the same.
 */
public final class Norm {
  /** The number of nonzero elements (a NaN is one); exact. Empty: 0. */
  public static final Norm L0 = new Norm("0", Primitive.NONZERO_COUNT, Rule.COUNT);

  /**
   * Σ |x<sub>i</sub>|; at most 1 ulp of error for binary64, 2<sup>−40</sup> relative for shorter
   * types. Empty: 0.
   */
  public static final Norm L1 = new Norm("1", Primitive.ABS_SUM, Rule.SUM);

  /**
   * √(Σ x<sub>i</sub>²); at most 1 ulp of error for binary64, 2<sup>−40</sup> relative for shorter
   * types. Empty: 0.
   */
  public static final Norm L2 = new Norm("2", Primitive.SQUARE_SUM, Rule.ROOT_OF_SUM);

  /**
   * Σ x<sub>i</sub>²; at most 1 ulp of error for binary64, 2<sup>−40</sup> relative for shorter
   * types. Empty: 0. Not a norm: it is homogeneous of degree 2.
   */
  public static final Norm SQUARED_L2 = new Norm("sq2", Primitive.SQUARE_SUM, Rule.SUM);

  /** max |x<sub>i</sub>|; exact. Empty: 0. */
  public static final Norm LINF = new Norm("inf", Primitive.ABS_MAX, Rule.EXTREME);

  /** min |x<sub>i</sub>|; exact. Empty: infinity. Not a norm. */
  public static final Norm NEG_INF = new Norm("-inf", Primitive.ABS_MIN, Rule.EXTREME);

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern INFINITY = Pattern.compile("(?i)[+-]?inf(inity)?");
  private static final Pattern NONZERO_DIGIT = Pattern.compile("^[^eE]*[1-9]");

  /** How a norm is finished from the reductions of a vector. */
  enum Rule {
    COUNT,
    SUM,
    ROOT_OF_SUM,
    POWER,
    EXTREME
  }

  private final String name;
  private final Primitive primitive;
  private final Rule rule;

  private Norm(String name, Primitive primitive, Rule rule) {
    this.name = name;
    this.primitive = primitive;
    this.rule = rule;
  }

  /**
   * Returns (Σ |x<sub>i</sub>|<sup>p</sup>)<sup>1/p</sup> for any real p but 0. For p ≥ 1 it is a
   * norm; for 0 &lt; p &lt; 1 the triangle inequality does not hold; for p &lt; 0 a zero element
   * makes it 0, infinite elements count nothing, and an empty vector has infinity. p = 1, 2, ∞ and
   * −∞ give {@link #L1}, {@link #L2}, {@link #LINF} and {@link #NEG_INF}. It takes a second pass
   * over memory. The error is at most 4 ulp for binary64 and 10<sup>−12</sup> relative for the
   * shorter types.
   *
   * @throws IllegalArgumentException if p is NaN or 0
   */
  public static Norm lp(double p) {
    if (Double.isNaN(p) || p == 0) {
      throw new IllegalArgumentException(
          "p: "
              + p
              + " is not allowed; it can be any other real number or infinity"
              + (p == 0 ? ", and Norm.L0 counts the nonzero elements" : ""));
    }
    if (p == 1) {
      return L1;
    }
    if (p == 2) {
      return L2;
    }
    if (Double.isInfinite(p)) {
      return p > 0 ? LINF : NEG_INF;
    }
    return new Norm(Double.toString(p), Primitive.powSum(p), Rule.POWER);
  }

  /**
   * Returns the norm that numpy calls by the given word: a real number, or {@code inf} and {@code
   * -inf}, which like Python's may be written {@code infinity}, with a sign, and in any case;
   * {@code sq2} is the squared L2 norm.
   *
   * @throws IllegalArgumentException if the word is none of these
   */
  public static Norm parse(String word) {
    if (INFINITY.matcher(Objects.requireNonNull(word, "word")).matches()) {
      return word.startsWith("-") ? NEG_INF : LINF;
    }
    return word.equals("sq2") ? SQUARED_L2 : ofNumber(word);
  }

  /** Tells whether a word is a real number or infinity. */
  static boolean isNumber(String word) {
    return NUMBER.matcher(word).matches() || INFINITY.matcher(word).matches();
  }

  private static Norm ofNumber(String word) {
    if (!NUMBER.matcher(word).matches()) {
      throw new IllegalArgumentException(
          "ord: unknown word '" + word + "'; vector norms are a real number, inf, -inf and sq2");
    }
    double p = Double.parseDouble(word);
    boolean underflow = p == 0 && NONZERO_DIGIT.matcher(word).find();
    if (Double.isInfinite(p) || underflow) {
      throw new IllegalArgumentException("ord: " + word + " is outside of the range of a double");
    }
    return p == 0 ? L0 : lp(p);
  }

  Primitive primitive() {
    return primitive;
  }

  /** Tells whether this is made of a sum, of magnitudes or of squares. */
  boolean isSum() {
    return rule == Rule.SUM || rule == Rule.ROOT_OF_SUM;
  }

  Rule rule() {
    return rule;
  }

  /**
   * Finishes the norm of one vector.
   *
   * @param hi the leading part of the reduction over |x| / scale
   * @param lo its trailing part
   * @param scale a power of two, or for a general p the largest or smallest |x|
   */
  Scaled finish(double hi, double lo, double scale) {
    Scaled sum = new Scaled(hi, lo, 0);
    int exponent = Math.getExponent(scale);
    return switch (rule) {
      case SUM ->
          sum.timesPowerOfTwo(primitive.equals(Primitive.SQUARE_SUM) ? 2 * exponent : exponent);
      case ROOT_OF_SUM -> sum.sqrt().timesPowerOfTwo(exponent);
      case POWER ->
          scale > 0 && Double.isFinite(scale)
              ? sum.root(primitive.exponent(), scale)
              : Scaled.of(scale);
      case COUNT, EXTREME -> Scaled.of(hi);
    };
  }

  /** Tells whether vectors without scales can be finished by {@link #finishPlain}. */
  boolean finishesPlainly() {
    return rule != Rule.POWER;
  }

  /**
   * Finishes the norms of many vectors without scales, with the bits of {@link #finish}: short
   * loops for what is done once a vector, where vectors are short too.
   */
  void finishPlain(double[] hi, double[] lo, double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = lo.length == 0 ? hi[i] : hi[i] + lo[i];
    }
    if (rule == Rule.ROOT_OF_SUM) {
      plainRoots(hi, lo, values);
    }
    for (int i = 0; i < values.length; i++) {
      // Of an infinity, and of 0 where there is a root, a NaN may have become, of any bits.
      if (Double.isNaN(values[i])) {
        values[i] = Double.isNaN(hi[i]) ? Double.NaN : hi[i];
      }
    }
  }

  /** No branch stands in this loop, so that it is run several vectors at a time. */
  private static void plainRoots(double[] hi, double[] lo, double[] values) {
    for (int i = 0; i < values.length; i++) {
      double sum = values[i];
      double root = Math.sqrt(sum);
      double rest = lo[i] - (sum - hi[i]);
      values[i] = root + (Math.fma(-root, root, sum) + rest) / (2 * root);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Norm norm && norm.primitive.equals(primitive) && norm.rule == rule;
  }

  @Override
  public int hashCode() {
    return 31 * primitive.hashCode() + rule.hashCode();
  }

  /** Returns the word for this norm on the command line: {@code 0}, {@code 2}, {@code inf}, … */
  @Override
  public String toString() {
    return name;
  }
}
