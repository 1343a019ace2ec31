package dev.norma.conformance;

import ch.obermuhlner.math.big.BigDecimalMath;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A dual number a + b ε + c η + d εη with ε² = η² = 0, in decimal arithmetic. Whatever is computed
 * of numbers x + v ε + w η has its value in a, its derivatives along v and w in b and c, and the
 * second derivative along both in d.
 *
 * @param value a
 * @param first b
 * @param second c
 * @param mixed d
 */
record Dual(BigDecimal value, BigDecimal first, BigDecimal second, BigDecimal mixed) {
  /** All parts are kept to so many digits. */
  static final MathContext DIGITS = new MathContext(40);

  static final Dual ZERO = of(0, 0, 0);

  /** The values of powers, by base and exponent: they are the same in all directions. */
  private static final Map<List<BigDecimal>, BigDecimal> POWERS = new ConcurrentHashMap<>();

  /** Returns x + v ε + w η. */
  static Dual of(double x, double v, double w) {
    return new Dual(new BigDecimal(x), new BigDecimal(v), new BigDecimal(w), BigDecimal.ZERO);
  }

  Dual plus(Dual y) {
    return new Dual(
        value.add(y.value, DIGITS),
        first.add(y.first, DIGITS),
        second.add(y.second, DIGITS),
        mixed.add(y.mixed, DIGITS));
  }

  Dual times(Dual y) {
    BigDecimal crossed = first.multiply(y.second).add(second.multiply(y.first));
    return new Dual(
        value.multiply(y.value, DIGITS),
        first.multiply(y.value).add(value.multiply(y.first), DIGITS),
        second.multiply(y.value).add(value.multiply(y.second), DIGITS),
        mixed.multiply(y.value).add(value.multiply(y.mixed)).add(crossed, DIGITS));
  }

  /** Returns |x|; at 0, only of what does not move. */
  Dual abs() {
    if (value.signum() == 0 && order() > 0) {
      throw undefined("|x|");
    }
    return value.signum() < 0 ? times(of(-1, 0, 0)) : this;
  }

  /** Returns |x|<sup>p</sup>; at 0, only where p is more than the order of the derivative. */
  Dual power(BigDecimal p) {
    if (value.signum() == 0) {
      if (p.compareTo(BigDecimal.valueOf(order())) <= 0) {
        throw undefined("|x|^" + p);
      }
      return ZERO;
    }
    BigDecimal power =
        POWERS.computeIfAbsent(List.of(value.abs(), p), of -> power(of.get(0), of.get(1)));
    BigDecimal slope = power.multiply(p).divide(value, DIGITS);
    BigDecimal curvature = slope.multiply(p.subtract(BigDecimal.ONE)).divide(value, DIGITS);
    return new Dual(
        power,
        slope.multiply(first, DIGITS),
        slope.multiply(second, DIGITS),
        slope.multiply(mixed).add(curvature.multiply(first).multiply(second), DIGITS));
  }

  /** The library takes a second for the logarithm of a tiny number. */
  private static BigDecimal power(BigDecimal base, BigDecimal p) {
    return base.compareTo(BigDecimal.ONE) < 0
        ? BigDecimalMath.pow(BigDecimal.ONE.divide(base, DIGITS), p.negate(), DIGITS)
        : BigDecimalMath.pow(base, p, DIGITS);
  }

  /** Returns the p-th root of a number that is not 0. */
  Dual root(BigDecimal p) {
    if (value.signum() == 0) {
      throw undefined("the root");
    }
    return power(BigDecimal.ONE.divide(p, DIGITS));
  }

  /** Returns the quotient by a number that is not 0. */
  Dual over(Dual y) {
    return times(y.root(BigDecimal.ONE.negate()).times(of(y.value.signum(), 0, 0)));
  }

  /** Returns the larger one; of two with the same value, only if they move alike. */
  static Dual larger(Dual x, Dual y) {
    int order = x.value.compareTo(y.value);
    if (order == 0 && !x.movesAs(y)) {
      throw undefined("the larger of two");
    }
    return order > 0 ? x : y;
  }

  private boolean movesAs(Dual y) {
    return first.compareTo(y.first) == 0
        && second.compareTo(y.second) == 0
        && mixed.compareTo(y.mixed) == 0;
  }

  /** Returns along how many directions a number moves. */
  int order() {
    return Math.abs(first.signum()) + Math.abs(second.signum());
  }

  static Kink undefined(String what) {
    return new Kink(what + " has no derivative here");
  }

  /** Says that a function has no derivative at a point, or that it depends on the direction. */
  static final class Kink extends RuntimeException {
    private static final long serialVersionUID = 1;

    private Kink(String message) {
      super(message);
    }
  }
}
