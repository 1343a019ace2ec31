package dev.norma;

import dev.norma.spi.Backend;
import dev.norma.spi.ElementMap;
import dev.norma.spi.MapPlan;
import dev.norma.spi.PairSums;
import dev.norma.spi.PowerScale;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * The derivatives of norms, as functions of one element with coefficients for each vector. The
 * place for the gradient of a new norm.
 */
final class Derivative {
  /** Within 2 to plus and minus this, coefficients and what they multiply are normal numbers. */
  private static final int PLAIN = 900;

  /** What is made of two numbers between 2 to plus and minus this is a normal number. */
  private static final int MODERATE = 400;

  private static final int LOWEST_POWER = -1022;

  private static final int HIGHEST_POWER = 1023;

  private final ElementMap map;
  private final double[][] coefficients;

  /** Makes a function, the coefficients of which are to be set for each vector. */
  Derivative(ElementMap map, int vectors) {
    this.map = map;
    this.coefficients = new double[map.kind().coefficients()][vectors];
  }

  /** Writes what this makes of x. */
  void write(Batch x, Batch out, Into into, Backend on) {
    on.map(writing(x, out, into));
  }

  /** Returns the plan to do so. */
  MapPlan writing(Batch x, Batch out, Into into) {
    return MapPlan.writing(map, coefficients, x, null, out, into == Into.ADD);
  }

  /** Writes what this makes of x and a direction, or of the direction alone. */
  void writeAlong(Batch x, Batch direction, Batch out, Backend on) {
    if (map.ofTwo()) {
      on.map(MapPlan.writing(map, coefficients, x, direction, out, false));
    } else {
      write(direction, out, Into.REPLACE, on);
    }
  }

  /** Returns, of each vector, the sum of what this makes of x times a second operand. */
  double[] dot(Batch x, Batch second, Backend on) {
    PairSums sums = on.sum(MapPlan.summing(map, coefficients, x, second));
    double[] values = new double[sums.hi().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = new Scaled(sums.hi()[i], sums.lo()[i], 0).value();
    }
    return values;
  }

  /**
   * Returns the gradient of a norm of each vector times a factor of its own. The vectors are
   * reduced, unless it does not depend on their norms.
   */
  static Derivative gradient(Norm norm, Batch x, Factors upstream, Backend on) {
    if (isOfNorm(norm)) {
      return gradient(norm, reduced(norm, x, on), upstream);
    }
    Derivative gradient = gradient(norm, Places.arrayLength(x.count()));
    for (int i = 0; i < x.count(); i++) {
      gradient.setGradient(norm, i, upstream.of(i), Scaled.ZERO);
    }
    return gradient;
  }

  private static Reductions reduced(Norm norm, Batch x, Backend on) {
    return Reductions.of(on, List.of(norm), x, new LongAdder());
  }

  /**
   * Returns the gradient of a norm of each vector times a factor of its own, from what the vectors
   * were reduced to. Of L2 and a general p it is NaN throughout where the norm is not finite, and
   * of L∞ and −∞ where that is NaN.
   */
  static Derivative gradient(Norm norm, Reductions reduced, Factors upstream) {
    if (norm.rule() == Norm.Rule.EXTREME) {
      return ties(norm, reduced, upstream);
    }
    Derivative gradient = gradient(norm, reduced.count());
    reduced.finish(
        norm, (value, i) -> gradient.setGradient(norm, (int) i, upstream.of((int) i), value));
    return gradient;
  }

  /** Tells whether the gradient of a norm depends on it: not where terms are summed. */
  static boolean isOfNorm(Norm norm) {
    return norm.rule() != Norm.Rule.COUNT && norm.rule() != Norm.Rule.SUM;
  }

  /** Makes room for the gradients of a norm that is no extreme. */
  static Derivative gradient(Norm norm, int vectors) {
    return new Derivative(
        switch (norm.rule()) {
          case COUNT -> ElementMap.ZERO;
          case SUM -> norm.equals(Norm.L1) ? ElementMap.SIGN : ElementMap.SCALE;
          case ROOT_OF_SUM -> ElementMap.SCALE;
          case POWER -> ElementMap.power(norm.primitive().exponent() - 1);
          case EXTREME -> throw new IllegalArgumentException("norm: " + norm);
        },
        vectors);
  }

  /** Sets the coefficients of a vector's gradient from its norm, but for that of an extreme. */
  void setGradient(Norm norm, int vector, double u, Scaled value) {
    switch (map.kind()) {
      case SIGN -> set(vector, u);
      case SCALE -> {
        if (norm.rule() == Norm.Rule.SUM) {
          setDouble(vector, u);
        } else {
          setQuotient(vector, u, value);
        }
      }
      case POWER -> setPower(vector, u, value);
      default -> {} // of ZERO there are none
    }
  }

  /**
   * Returns the Hessian of a norm of each vector: a function of an element and that of a direction,
   * or of that of the direction alone.
   *
   * @param along returns the derivatives of the norms in that direction, where they are needed
   */
  static Derivative hessian(Norm norm, Batch x, Supplier<double[]> along, Backend on) {
    return switch (norm.rule()) {
      case COUNT, EXTREME -> new Derivative(ElementMap.ZERO, Places.arrayLength(x.count()));
      case SUM ->
          norm.equals(Norm.L1)
              ? new Derivative(ElementMap.ZERO, Places.arrayLength(x.count()))
              : gradient(norm, x, i -> 1, on);
      case ROOT_OF_SUM -> hessian(norm, 2, reduced(norm, x, on), along.get());
      case POWER -> hessian(norm, norm.primitive().exponent(), reduced(norm, x, on), along.get());
    };
  }

  /**
   * The Hessian of ‖x‖ₚ takes y to (p − 1) / ‖x‖ · (a^(p−2) y − sgn(x) a^(p−1) d) for a = |x| / ‖x‖
   * and the derivative d along y, which is (p − 1) / ‖x‖ · a^(p−2) · (y − x · d / ‖x‖).
   */
  private static Derivative hessian(Norm norm, double p, Reductions reduced, double[] along) {
    Derivative hessian = new Derivative(ElementMap.hessian(p - 2), reduced.count());
    reduced.finish(norm, (value, i) -> hessian.setHessian((int) i, p - 1, along[(int) i], value));
    return hessian;
  }

  /** Sets the coefficients of HESSIAN; to 0 where n is. */
  void setHessian(int vector, double factor, double along, Scaled n) {
    if (!Double.isFinite(n.value())) {
      setHessian(vector, 0, 1, Double.NaN, 0, PowerScale.ONE);
    } else if (n.hi() == 0) {
      setHessian(vector, 0, 1, 0, 0, PowerScale.ONE);
    } else {
      int before = Math.clamp(-n.exponent(), LOWEST_POWER, HIGHEST_POWER);
      double e = Math.scalb(along / n.hi(), -n.exponent() - before);
      double c = factor / n.hi() * (1 - n.lo() / n.hi());
      setHessian(vector, e, Math.scalb(1.0, before), c, -n.exponent(), n.powerScale());
    }
  }

  private void setHessian(int vector, double e, double b, double c, double k, PowerScale s) {
    set(vector, e, b, c, k, s.mantissa(), s.rest(), s.exponent());
  }

  /** A number for each vector. */
  interface Factors {
    double of(int vector);
  }

  /** Sets the coefficients of a vector. */
  void set(int vector, double... values) {
    for (int k = 0; k < values.length; k++) {
      coefficients[k][vector] = values[k];
    }
  }

  /** Sets the coefficients of SCALE to 2u. Where that is beyond all numbers, 2u · x need not be. */
  private void setDouble(int vector, double u) {
    boolean small = Math.abs(u) <= Double.MAX_VALUE / 2;
    set(vector, small ? 2 * u : u, 0, 1, small ? 1 : 2);
  }

  /** Sets the coefficients of SCALE to u / n; to 0 where n is. */
  void setQuotient(int vector, double u, Scaled n) {
    if (!Double.isFinite(n.value())) {
      setScale(vector, Double.NaN, 0, 0);
    } else if (n.hi() == 0) {
      setScale(vector, 0, 0, 0);
    } else if (n.exponent() == 0 && isModerate(u) && isModerate(n.hi())) {
      setPlainQuotient(vector, u, n.hi(), n.lo());
    } else {
      int k = u == 0 || !Double.isFinite(u) ? 0 : Math.getExponent(u);
      int e = Math.getExponent(n.hi());
      double mantissa = Math.scalb(u, -k);
      double divisor = Math.scalb(n.hi(), -e);
      double hi = mantissa / divisor;
      double lo = quotientRest(mantissa, hi, divisor, Math.scalb(n.lo(), -e));
      setScale(vector, hi, lo, k - e - n.exponent());
    }
  }

  /** Sets u / (hi + lo), without powers of two there and back: all memory waits for this. */
  private void setPlainQuotient(int vector, double u, double hi, double lo) {
    double quotient = u / hi;
    coefficients[0][vector] = quotient;
    coefficients[1][vector] = quotientRest(u, quotient, hi, lo);
    coefficients[2][vector] = 1;
    coefficients[3][vector] = 1;
  }

  /** Returns what is missing in the rounded quotient of u by hi + lo. */
  private static double quotientRest(double u, double quotient, double hi, double lo) {
    return (Math.fma(-quotient, hi, u) - quotient * lo) / hi;
  }

  /**
   * Sets the gradient of the root of hi + lo, times u, where neither is huge or tiny; with the bits
   * of {@link #setGradient} and without the objects on its way.
   *
   * @return the root, or NaN where nothing was set
   */
  double setRootGradient(int vector, double u, double hi, double lo) {
    if (!isModerate(u) || !isModerate(hi)) {
      return Double.NaN;
    }
    double sum = hi + lo;
    double root = Math.sqrt(sum);
    double rest = Scaled.rootRest(sum, lo - (sum - hi), root);
    setPlainQuotient(vector, u, root, rest);
    return root + rest;
  }

  private static boolean isModerate(double x) {
    return Math.abs(Math.getExponent(x)) <= MODERATE;
  }

  /** Sets the coefficients of SCALE to (hi + lo) · 2<sup>k</sup>. */
  void setScale(int vector, double hi, double lo, int k) {
    if (hi == 0 || !Double.isFinite(hi)) {
      set(vector, hi, 0, 1, 1);
      return;
    }
    int down = Math.getExponent(hi);
    int power = down + k;
    int before = power > PLAIN ? PLAIN : 0;
    int inside = Math.clamp(power - before, -PLAIN, PLAIN);
    int after = Math.max(power - before - inside, LOWEST_POWER);
    inside = power - before - after;
    set(
        vector,
        Math.scalb(hi, inside - down),
        Math.scalb(lo, inside - down),
        Math.scalb(1.0, before),
        Math.scalb(1.0, after));
  }

  /** Sets the coefficients of POWER to a factor u and a scale n; to 0 where n is. */
  private void setPower(int vector, double u, Scaled n) {
    if (!Double.isFinite(n.value())) {
      setPower(vector, Double.NaN, 0, PowerScale.ONE);
    } else if (n.hi() == 0) {
      setPower(vector, 0, 0, PowerScale.ONE);
    } else {
      int k = u == 0 || !Double.isFinite(u) ? 0 : Math.getExponent(u);
      setPower(vector, Math.scalb(u, -k), k, n.powerScale());
    }
  }

  private void setPower(int vector, double c, double k, PowerScale s) {
    set(vector, c, k, s.mantissa(), s.rest(), s.exponent());
  }

  private static Derivative ties(Norm norm, Reductions reduced, Factors upstream) {
    Derivative ties = new Derivative(ElementMap.TIE, reduced.count());
    double[] extremes = reduced.values(norm);
    double[] counts = reduced.ties(norm);
    for (int i = 0; i < extremes.length; i++) {
      boolean zero = extremes[i] == 0;
      double share = Double.isNaN(extremes[i]) ? Double.NaN : upstream.of(i) / counts[i];
      ties.set(i, extremes[i], zero ? 0 : share);
    }
    return ties;
  }
}
