package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.ElementType;
import dev.norma.Norm;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DualNormTest {
  private static final double[] STILL = new double[2];

  private static double[] numbers(double... numbers) {
    return numbers;
  }

  private static double first(Norm norm, double[] x, double[] v) {
    return DualNorm.at(norm, x, v, STILL).orElseThrow().first().doubleValue();
  }

  private static double mixed(Norm norm, double[] x, double[] v, double[] w) {
    return DualNorm.at(norm, x, v, w).orElseThrow().mixed().doubleValue();
  }

  @Test
  void knownDerivatives() {
    double[] x = {3, -4};
    double[] v = {1, 2};
    assertEquals(-1, first(Norm.L1, x, v));
    assertEquals(-1, first(Norm.L2, x, v));
    assertEquals(-10, first(Norm.SQUARED_L2, x, v));
    assertEquals(-2, first(Norm.LINF, x, v));
    assertEquals(1, first(Norm.NEG_INF, x, v));
    assertEquals(0, first(Norm.L0, x, v));
    // Of 1 / (1 / 4 + 1 / 4) = 2, a quarter each.
    assertEquals(-0.25, first(Norm.lp(-1), numbers(4, -4), v));
    // Of (1 + 1)² = 4, two each.
    assertEquals(-2, first(Norm.lp(0.5), numbers(1, -1), v));
  }

  @Test
  void knownSecondDerivatives() {
    double[] x = {3, -4};
    // Across the vector, the length of a circle's radius is how fast its direction turns.
    assertEquals(5, mixed(Norm.L2, x, numbers(4, 3), numbers(4, 3)));
    assertEquals(0, mixed(Norm.L2, x, x, numbers(4, 3)));
    assertEquals(24, mixed(Norm.SQUARED_L2, x, numbers(4, 0), numbers(3, 1)));
    assertEquals(0, mixed(Norm.LINF, x, x, x));
  }

  /** The norms that have derivatives at each of the special points; the tests skip the others. */
  @Test
  void knowsItsKinks() {
    DualPoints points = DualPoints.of(ElementType.F64);
    int special = points.count() - 3;
    assertEquals(DualDerivatives.DUAL_NORMS.size(), smooth(points, 0).size());
    assertEquals("2 sq2 inf 3.0 3.5 1.5 40.0 1.1 1000000.0", names(points, special));
    assertEquals(
        "0 1 2 sq2 inf -inf 3.0 3.5 1.5 0.5 40.0 0.7 1.1 1000000.0", names(points, special + 1));
    assertEquals(DualDerivatives.DUAL_NORMS, smooth(points, special + 2));
    assertTrue(DualNorm.at(Norm.L2, STILL, numbers(1, 1), STILL).isEmpty());
    assertTrue(DualNorm.at(Norm.LINF, numbers(1, 1), numbers(1, 2), STILL).isEmpty());
    // A first derivative along either, but no second one.
    double[] corner = {1, 0};
    assertTrue(DualNorm.at(Norm.lp(1.5), corner, numbers(1, 1), STILL).isPresent());
    assertTrue(DualNorm.at(Norm.lp(1.5), corner, numbers(1, 1), numbers(1, 1)).isEmpty());
  }

  private static List<Norm> smooth(DualPoints points, int i) {
    double[] x = points.x()[i];
    return DualDerivatives.DUAL_NORMS.stream()
        .filter(norm -> DualNorm.at(norm, x, points.v()[i], new double[x.length]).isPresent())
        .toList();
  }

  private static String names(DualPoints points, int i) {
    return smooth(points, i).stream().map(Norm::toString).collect(Collectors.joining(" "));
  }
}
