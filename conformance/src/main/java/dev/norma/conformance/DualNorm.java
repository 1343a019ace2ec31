package dev.norma.conformance;

import dev.norma.Norm;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A norm of dual numbers, straight from its definition: its derivatives share no formula with
 * anything else that computes derivatives. The numbers are finite.
 *
 * <p>Where an element 0 moves, L0, L1 and p ≤ 1 (of second derivatives, p ≤ 2) have no derivative,
 * nor have ∞ and −∞ if 0 is the extreme; nor p &lt; 0 with any element 0, L2 and a general p of the
 * zero vector, and extremes that tie and do not move alike. There a {@link Dual.Kink} is thrown:
 * what a backend returns is a convention, which {@link GradientPoints} holds it to.
 */
final class DualNorm {
  private static final BigDecimal SQUARE = BigDecimal.valueOf(2);

  private DualNorm() {}

  /** Returns x + v ε + w η, element by element. */
  static Dual[] point(double[] x, double[] v, double[] w) {
    Dual[] point = new Dual[x.length];
    Arrays.setAll(point, i -> Dual.of(x[i], v[i], w[i]));
    return point;
  }

  /** Returns the norm of x + v ε + w η, where it has the derivatives. */
  static Optional<Dual> at(Norm norm, double[] x, double[] v, double[] w) {
    try {
      return Optional.of(of(norm, point(x, v, w)));
    } catch (Dual.Kink e) {
      return Optional.empty();
    }
  }

  /** Returns the norm of a vector of dual numbers. */
  static Dual of(Norm norm, Dual... x) {
    return switch (norm.toString()) {
      case "0" -> sum(Stream.of(x).map(DualNorm::count));
      case "1" -> sum(Stream.of(x).map(Dual::abs));
      case "sq2" -> squares(x);
      case "2" -> squares(x).root(SQUARE);
      case "inf" -> extreme(x, Stream.of(x).map(DualNorm::size).max(BigDecimal::compareTo).get());
      case "-inf" -> extreme(x, Stream.of(x).map(DualNorm::size).min(BigDecimal::compareTo).get());
      default -> power(x, new BigDecimal(Norms.exponent(norm)));
    };
  }

  private static Dual count(Dual x) {
    if (x.value().signum() != 0) {
      return Dual.of(1, 0, 0);
    }
    if (x.order() > 0) {
      throw Dual.undefined("a count");
    }
    return Dual.ZERO;
  }

  private static Dual squares(Dual... x) {
    return sum(Stream.of(x).map(xi -> xi.times(xi)));
  }

  private static Dual power(Dual[] x, BigDecimal p) {
    return sum(Stream.of(x).map(xi -> xi.power(p))).root(p);
  }

  private static BigDecimal size(Dual x) {
    return x.value().abs();
  }

  /** Returns the element of the given size. */
  private static Dual extreme(Dual[] x, BigDecimal size) {
    return Stream.of(x)
        .filter(xi -> size(xi).compareTo(size) == 0)
        .map(Dual::abs)
        .reduce(Dual::larger)
        .orElseThrow();
  }

  private static Dual sum(Stream<Dual> terms) {
    return terms.reduce(Dual.ZERO, Dual::plus);
  }
}
