package dev.norma.conformance;

import ch.obermuhlner.math.big.BigDecimalMath;
import dev.norma.Norm;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.stream.Stream;

/** A norm of the points around a vector, in decimal arithmetic, straight from its definition. */
final class DecimalNorm {
  private static final MathContext DIGITS = new MathContext(100);
  private static final BigDecimal HALF = new BigDecimal("0.5");

  private final Norm norm;
  private final double[] x;

  DecimalNorm(Norm norm, double[] x) {
    this.norm = norm;
    this.x = x;
  }

  /** Returns the central difference along v, over a step either way. */
  double slope(double[] v, BigDecimal step) {
    double[] no = new double[x.length];
    BigDecimal ahead = at(v, step, no, step);
    BigDecimal behind = at(v, step.negate(), no, step);
    return ahead.subtract(behind).multiply(HALF).divide(step, DIGITS).doubleValue();
  }

  /** Returns the second difference along v and w. */
  double curvature(double[] v, double[] w, BigDecimal step) {
    BigDecimal back = step.negate();
    BigDecimal ahead = at(v, step, w, step).subtract(at(v, step, w, back));
    BigDecimal behind = at(v, back, w, step).subtract(at(v, back, w, back));
    BigDecimal four = ahead.subtract(behind).multiply(HALF).multiply(HALF);
    return four.divide(step, DIGITS).divide(step, DIGITS).doubleValue();
  }

  /** Returns the norm of x + s · v + t · w. */
  private BigDecimal at(double[] v, BigDecimal s, double[] w, BigDecimal t) {
    BigDecimal[] sizes = new BigDecimal[x.length];
    for (int i = 0; i < x.length; i++) {
      BigDecimal moved = new BigDecimal(v[i]).multiply(s).add(new BigDecimal(w[i]).multiply(t));
      sizes[i] = new BigDecimal(x[i]).add(moved).abs().round(DIGITS);
    }
    return switch (norm.toString()) {
      case "0" -> new BigDecimal(Stream.of(sizes).filter(size -> size.signum() > 0).count());
      case "inf" -> Stream.of(sizes).max(BigDecimal::compareTo).orElse(BigDecimal.ZERO);
      case "-inf" -> Stream.of(sizes).min(BigDecimal::compareTo).orElse(BigDecimal.ZERO);
      case "sq2" -> powers(sizes, BigDecimal.TWO);
      default -> root(sizes, new BigDecimal(norm.toString()));
    };
  }

  private static BigDecimal root(BigDecimal[] sizes, BigDecimal p) {
    BigDecimal inverse = BigDecimal.ONE.divide(p, DIGITS);
    return BigDecimalMath.pow(powers(sizes, p), inverse, DIGITS);
  }

  private static BigDecimal powers(BigDecimal[] sizes, BigDecimal p) {
    return Stream.of(sizes)
        .map(size -> BigDecimalMath.pow(size, p, DIGITS))
        .reduce(BigDecimal.ZERO, (a, b) -> a.add(b, DIGITS));
  }
}
