package dev.norma.conformance;

import static dev.norma.conformance.GradientValues.numbers;
import static java.lang.Double.MAX_VALUE;
import static java.lang.Double.MIN_VALUE;
import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.norma.ElementType;
import dev.norma.Norm;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Derivatives at the ends of the range of numbers, and beyond. */
interface GradientRange extends GradientValues {
  /** General p below 0, between 0 and 1, and above. */
  List<Norm> POWERS = Stream.of(-1.0, 0.5, 1.5, 3.0, 40.0).map(Norm::lp).toList();

  /** One infinite element. */
  @Test
  default void infiniteElements() {
    double[] vector = {1, NEGATIVE_INFINITY, 0};
    gradient(Norm.L1, vector, 1, -1, 0);
    gradient(Norm.SQUARED_L2, vector, 2, NEGATIVE_INFINITY, 0);
    gradient(Norm.L2, vector, NaN, NaN, NaN);
    gradient(Norm.LINF, vector, 0, -1, 0);
    gradient(Norm.LINF, numbers(POSITIVE_INFINITY, 1, NEGATIVE_INFINITY), 0.5, 0, -0.5);
    gradient(Norm.NEG_INF, numbers(POSITIVE_INFINITY, -1), 0, -1);
    gradient(Norm.NEG_INF, numbers(POSITIVE_INFINITY, NEGATIVE_INFINITY), 0.5, -0.5);
    for (Norm norm : POWERS.subList(1, POWERS.size())) {
      gradient(norm, vector, NaN, NaN, NaN);
    }
    gradient(Norm.lp(-1), numbers(-3, POSITIVE_INFINITY), -1, 0);
    gradient(Norm.lp(-1), numbers(POSITIVE_INFINITY, NEGATIVE_INFINITY), NaN, NaN);
  }

  /** One element that is no number. */
  @Test
  default void nanElements() {
    double[] vector = {1, NaN, -2, 0};
    gradient(Norm.L1, vector, 1, NaN, -1, 0);
    gradient(Norm.SQUARED_L2, vector, 2, NaN, -4, 0);
    Stream.concat(Stream.of(Norm.L2, Norm.LINF, Norm.NEG_INF), POWERS.stream())
        .forEach(
            norm -> {
              gradient(norm, vector, NaN, NaN, NaN, NaN);
              gradient(norm, numbers(NaN, POSITIVE_INFINITY), NaN, NaN);
            });
  }

  /** Powers leave the range, and gradients do not. */
  @Test
  default void powersOutOfRange() {
    double each = Math.pow(3, -7 / 8.0);
    for (double size : numbers(1e300, 1e-300, 1e-310)) {
      String what = "gradient of L8 of three times " + size;
      Unsupported.unlessRefused(
          backend(),
          what,
          () -> {
            double[] actual = calls(ElementType.F64).gradient(Norm.lp(8), size, -size, size);
            assertArrayEquals(numbers(each, -each, each), actual, 1e-12, what);
          });
    }
    gradient(Norm.lp(40), numbers(1e300, 1e-300), 1, 0);
  }

  /** Where the norm of finite elements is beyond all numbers, there is none of the gradient. */
  @Test
  default void normsOutOfRange() {
    double[] vector = {MAX_VALUE, -MAX_VALUE, 0};
    gradient(Norm.L2, vector, NaN, NaN, NaN);
    gradient(Norm.lp(3), vector, NaN, NaN, NaN);
    gradient(Norm.L1, vector, 1, -1, 0);
    gradient(Norm.SQUARED_L2, numbers(MAX_VALUE, 1), POSITIVE_INFINITY, 2);
    gradient(Norm.LINF, vector, 0.5, -0.5, 0);
    gradient(Norm.L2, numbers(MAX_VALUE, 1), 1, 1 / MAX_VALUE);
  }

  /** Squares vanish, and gradients do not. */
  @Test
  default void subnormalElements() {
    gradient(Norm.L2, numbers(3 * MIN_VALUE, -4 * MIN_VALUE), 0.6, -0.8);
    gradient(Norm.L2, numbers(MIN_VALUE), 1);
    gradient(Norm.LINF, numbers(MIN_VALUE, 0), 1, 0);
    gradient(Norm.lp(3), numbers(MIN_VALUE, 0), 1, 0);
    gradient(Norm.SQUARED_L2, numbers(MIN_VALUE), 2 * MIN_VALUE);
  }

  /** Numbers whose squares overflow a float, where others return infinity and a silent zero. */
  @ParameterizedTest
  @EnumSource
  default void largestElements(ElementType type) {
    double top = Format.of(type).largest() / 2;
    Unsupported.unlessRefused(
        backend(),
        "gradient of L2 of the largest " + type,
        () -> {
          double[] actual = calls(type).gradient(Norm.L2, top, 0, -top, top, top);
          assertArrayEquals(numbers(0.5, 0, -0.5, 0.5, 0.5), actual, "L2 of the largest " + type);
        });
  }
}
