package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.norma.ElementType;
import dev.norma.Norm;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReferenceGradientTest {
  private static final int LENGTH = 11;

  /** The page that it writes out keeps the bounds of the page. */
  @ParameterizedTest
  @EnumSource
  void keepsTheBounds(Family family) {
    for (ElementType type : ElementType.values()) {
      double[] vector = family.vector(type, LENGTH, new Seeded(11));
      for (Norm norm : Norms.GRADIENTS) {
        double[] gradient = new ReferenceGradient(norm, type, vector).written(1);
        ExactGradient exact = new ExactGradient(norm, vector);
        for (int i = 0; i < LENGTH; i++) {
          double written = Format.of(type).written(gradient[i]);
          GradientBounds.complaint(norm, type, 1, written, exact.size(i, 1), vector[i] < 0)
              .ifPresent(why -> fail("L" + norm + " of " + type + " " + family + ": " + why));
        }
      }
    }
  }

  /** In binary32, two roundings to the last bit of the smallest number would add up to above 1. */
  @Test
  void smallMultiplesAreRoundedOnce() {
    double[] vector = {0x1.8p-126};
    double u = 0x1.000006aaaaaa9p-1;
    double written = new ReferenceGradient(Norm.SQUARED_L2, ElementType.F32, vector).written(u)[0];
    Truth truth = new ExactGradient(Norm.SQUARED_L2, vector).size(0, u);
    assertEquals(
        Optional.empty(),
        GradientBounds.complaint(Norm.SQUARED_L2, ElementType.F32, u, written, truth, false));
  }

  private static ReferenceGradient of(Norm norm, double... vector) {
    return new ReferenceGradient(norm, ElementType.F64, vector);
  }

  @Test
  void knownDerivatives() {
    assertArrayEquals(new double[] {0.6, -0.8}, of(Norm.L2, 3, -4).times(1));
    assertArrayEquals(new double[] {0, -1.5, 1.5}, of(Norm.LINF, 1, -4, 4).times(3));
    assertArrayEquals(new double[] {6, -8}, of(Norm.SQUARED_L2, 3, -4).times(1));
    assertEquals(5, of(Norm.L2, 3, -4).along(new double[] {3, -4}));
    // Across the vector, the length of a circle's radius is how fast its direction turns.
    assertArrayEquals(
        new double[] {0.8, 0.6}, of(Norm.L2, 3, -4).hessian(new double[] {4, 3}), 1e-15);
    assertArrayEquals(new double[] {2, 0}, of(Norm.SQUARED_L2, 3, 4).hessian(new double[] {1, 0}));
    assertArrayEquals(new double[2], of(Norm.L1, 3, 4).hessian(new double[] {1, 0}));
  }
}
