package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.ElementType;
import dev.norma.Norm;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/**
 * Derivatives against differences of norms in decimal arithmetic: they share no formula with
 * anything that computes derivatives.
 */
interface GradientDifferences extends Conformance {
  /** How far apart norms are compared. */
  BigDecimal STEP = new BigDecimal("1e-28");

  /** So many vectors of so many elements. */
  int VECTORS = 3;

  int LENGTH = 4;

  /** Compares each element of gradients, and of products of Hessians, and derivatives. */
  @Test
  default void differences() {
    GradientCalls calls = new GradientCalls(subject().norma().gradients(), ElementType.F64);
    double[][] vectors = Family.NORMAL.vectors(ElementType.F64, VECTORS, LENGTH, 5);
    double[][] directions = Family.NORMAL.vectors(ElementType.F64, VECTORS, LENGTH, 6);
    for (Norm norm : Norms.GRADIENTS) {
      String name = "differences of L" + norm;
      Unsupported.unlessRefused(
          backend(), name, () -> compare(name, norm, calls, vectors, directions));
    }
  }

  private static void compare(
      String name, Norm norm, GradientCalls calls, double[][] vectors, double[][] directions) {
    double[][] gradients = calls.vjp(norm, vectors, 1, 1, 1);
    double[] along = calls.jvp(norm, vectors, directions);
    double[][] hessian = calls.hvp(norm, vectors, directions);
    for (int i = 0; i < VECTORS; i++) {
      DecimalNorm of = new DecimalNorm(norm, vectors[i]);
      assertClose(of.slope(directions[i], STEP), along[i], name + ", in a direction");
      for (int j = 0; j < LENGTH; j++) {
        double[] unit = new double[LENGTH];
        unit[j] = 1;
        assertClose(of.slope(unit, STEP), gradients[i][j], name + ", gradient");
        assertClose(of.curvature(unit, directions[i], STEP), hessian[i][j], name + ", Hessian");
      }
    }
  }

  private static void assertClose(double expected, double actual, String name) {
    assertEquals(expected, actual, 1e-13 * (1 + Math.abs(expected)), name);
  }
}
