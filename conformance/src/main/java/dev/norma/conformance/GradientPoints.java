package dev.norma.conformance;

import static dev.norma.conformance.GradientValues.numbers;
import static java.lang.Double.MIN_VALUE;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Gradients;
import dev.norma.Norm;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Derivatives where norms have kinks, which others are known to have got wrong. */
interface GradientPoints extends GradientValues {
  /** The gradient and the Hessian of the zero vector are zero: no 0 / 0. */
  @ParameterizedTest
  @EnumSource
  default void zeroVectors(ElementType type) {
    double[][] zeros = {{0, -0.0, 0}, {}, {-0.0}, new double[5000]};
    double[][] directions = {{1, 2, 3}, {}, {-1}, Family.ONES.vector(type, 5000, new Seeded(1))};
    for (Norm norm : Norms.GRADIENTS) {
      String name = "L" + norm + " of zeros";
      Unsupported.unlessRefused(backend(), name, () -> zeros(name, norm, type, zeros, directions));
    }
  }

  private void zeros(
      String name, Norm norm, ElementType type, double[][] zeros, double[][] directions) {
    double[][] gradients = calls(type).vjp(norm, zeros, 1, 1, -1, 5);
    double[] along = calls(type).jvp(norm, zeros, directions);
    double[][] hessian = calls(type).hvp(norm, zeros, directions);
    for (int i = 0; i < zeros.length; i++) {
      assertEquals(0, along[i] + 0.0, name + ", in a direction");
      for (int j = 0; j < zeros[i].length; j++) {
        assertEquals(0, gradients[i][j] + 0.0, name + ", gradient");
        double expected = norm.equals(Norm.SQUARED_L2) ? 2 * directions[i][j] : 0;
        assertEquals(expected, hessian[i][j] + 0.0, name + ", Hessian");
      }
    }
  }

  /** The sign of a zero is 0. */
  @Test
  default void signOfZero() {
    gradient(Norm.L1, numbers(0.0, -0.0, 5, -MIN_VALUE), 0, 0, 1, -1);
    gradient(Norm.lp(3), numbers(0.0, -0.0, 5), 0, 0, 1);
    gradient(Norm.L2, numbers(0.0, -3, -0.0, 4), 0, -0.6, 0, 0.8);
  }

  /** Elements of the same size share, whichever their signs. */
  @Test
  default void ties() {
    gradient(Norm.LINF, numbers(3, -3, 1, 3, 2), 1 / 3.0, -1 / 3.0, 0, 1 / 3.0, 0);
    gradient(Norm.NEG_INF, numbers(-2, 2, 5), -0.5, 0.5, 0);
    gradient(Norm.LINF, numbers(-7, 1), -1, 0);
    gradient(Norm.NEG_INF, numbers(-7, 1), 0, 1);
    gradient(Norm.NEG_INF, numbers(4, 0, 4), 0, 0, 0);
    double[] same = new double[4097];
    Arrays.setAll(same, i -> i % 2 == 0 ? 2 : -2);
    gradient(Norm.LINF, same, Arrays.stream(same).map(x -> x / 2 / 4097).toArray());
    gradient(Norm.NEG_INF, same, Arrays.stream(same).map(x -> x / 2 / 4097).toArray());
  }

  /** Counting is flat, whatever is counted. */
  @Test
  default void count() {
    gradient(Norm.L0, numbers(1, 0, -3, NaN, POSITIVE_INFINITY), 0, 0, 0, 0, 0);
  }

  /** For p below 1 the slope at an element 0 is infinite; that of least norm is 0. */
  @Test
  default void powersBelowOneAtZero() {
    gradient(Norm.lp(0.5), numbers(0, 4, 0), 0, 1, 0);
    gradient(Norm.lp(0.5), numbers(1, 0, -1), 2, 0, -2);
    gradient(Norm.lp(-1), numbers(0, 4, 5), 0, 0, 0);
    gradient(Norm.lp(-1), numbers(-2, 2), -0.25, 0.25);
  }

  /** No elements, or no vectors: nothing is written, and no error. */
  @Test
  default void empty() {
    for (Norm norm : Norms.GRADIENTS) {
      Unsupported.unlessRefused(backend(), "L" + norm + " of nothing", () -> empty(norm));
    }
  }

  private void empty(Norm norm) {
    Gradients gradients = subject().norma().gradients();
    double[] place = {7};
    Batch none = Batch.rows(new double[0], 3, 0);
    double[] norms = gradients.normsAndGradient(norm, none, Batch.rows(place, 3, 0));
    assertArrayEquals(subject().norma().norms(norm, none), norms, "norms");
    assertArrayEquals(numbers(0, 0, 0), gradients.jvp(norm, none, none), "products");
    gradients.hvp(norm, none, none, Batch.rows(place, 3, 0));
    Batch nothing = Batch.rows(new double[0], 0, 3);
    assertEquals(0, gradients.normsAndGradient(norm, nothing, nothing).length, "norms");
    assertEquals(0, gradients.jvp(norm, nothing, nothing).length, "products");
    assertEquals(7, place[0], "what stood there");
  }
}
