package dev.norma.conformance;

import dev.norma.ElementType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.stream.DoubleStream;

/**
 * The projection of a vector onto the L1 ball in exact arithmetic, from the definition of its
 * threshold: that of the n largest elements with the sum S is (S − r) / n for the largest n of
 * which all are beyond it. As a third has no decimals, everything is kept times n.
 */
final class ExactBall {
  private static final MathContext DIGITS = new MathContext(40);

  private final BigDecimal largest;

  /** How many elements are beyond the threshold; 1 if the vector lies in the ball. */
  private BigDecimal n = BigDecimal.ONE;

  /** The threshold times n. */
  private BigDecimal times = BigDecimal.ZERO;

  ExactBall(double[] x, double radius) {
    BigDecimal[] sizes =
        DoubleStream.of(x)
            .mapToObj(v -> new BigDecimal(v).abs())
            .sorted(Comparator.reverseOrder())
            .toArray(BigDecimal[]::new);
    largest = sizes[0];
    BigDecimal excess = new BigDecimal(radius).negate();
    for (int i = 0; i < sizes.length; i++) {
      excess = excess.add(sizes[i]);
      BigDecimal count = BigDecimal.valueOf(i + 1L);
      if (excess.signum() > 0 && sizes[i].multiply(count).compareTo(excess) > 0) {
        n = count;
        times = excess;
      }
    }
    boolean nothingIsLeft = radius == 0;
    times = nothingIsLeft ? largest : excess.signum() > 0 ? times : BigDecimal.ZERO;
    n = nothingIsLeft || times.signum() == 0 ? BigDecimal.ONE : n;
  }

  /** Returns the error of an element of the projection, in ulps of its largest one. */
  double errorOfProjection(double x, double result, ElementType type) {
    BigDecimal size = new BigDecimal(x).abs().multiply(n).subtract(times).max(BigDecimal.ZERO);
    return error(x, size, result, ulp(largest.multiply(n).subtract(times), type));
  }

  /**
   * Returns the error of an element of what is left of x, in ulps of its largest one or, if that is
   * more, in so many of the largest of x.
   */
  double errorOfRest(double x, double result, double least, ElementType type) {
    BigDecimal size = new BigDecimal(x).abs().multiply(n).min(times);
    return error(x, size, result, Math.max(ulp(times, type), least * largest.doubleValue()));
  }

  private double error(double x, BigDecimal size, double result, double unit) {
    BigDecimal signed = x < 0 ? size.negate() : size;
    BigDecimal difference = new BigDecimal(result).multiply(n).subtract(signed).abs();
    return difference.divide(n, DIGITS).divide(new BigDecimal(unit), DIGITS).doubleValue();
  }

  /** Returns the ulp of a number that is given times n. */
  private double ulp(BigDecimal timesN, ElementType type) {
    Format format = Format.of(type);
    double value = timesN.divide(n, DIGITS).doubleValue();
    int exponent = Math.max(Math.getExponent(value), format.minExponent());
    return Math.scalb(1.0, exponent - format.precision() + 1);
  }
}
