package dev.norma.conformance;

import static dev.norma.conformance.Bounds.Bound.EXACT;
import static dev.norma.conformance.Bounds.Bound.FOUR_ULP;
import static dev.norma.conformance.Bounds.Bound.ONE_ULP;
import static dev.norma.conformance.Bounds.Bound.SHORT_POWER;
import static dev.norma.conformance.Bounds.Bound.SHORT_SUM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.ElementType;
import dev.norma.MatrixNorm;
import dev.norma.Norm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundsTest {
  private static final Truth THREE = Truth.ofAbs(3);

  private static boolean allows(Bounds.Bound bound, double result, Truth truth) {
    return bound.complaint(result, truth).isEmpty();
  }

  private static double off(int ulps) {
    return 3 + ulps * Math.ulp(3.0);
  }

  @Test
  void draw() {
    assertTrue(allows(EXACT, 3, THREE) && !allows(EXACT, off(1), THREE));
    assertTrue(allows(ONE_ULP, off(1), THREE) && !allows(ONE_ULP, off(2), THREE));
    assertTrue(allows(FOUR_ULP, off(-4), THREE) && !allows(FOUR_ULP, off(-5), THREE));
    assertTrue(allows(SHORT_SUM, 3 + 0x1p-39, THREE) && !allows(SHORT_SUM, 3 + 0x1p-37, THREE));
    assertTrue(allows(SHORT_POWER, 3 + 2e-12, THREE) && !allows(SHORT_POWER, 3 + 4e-12, THREE));
  }

  private static boolean allowsGradient(
      Norm norm, ElementType type, double u, double result, Truth truth) {
    return GradientBounds.complaint(norm, type, u, result, truth, result < 0).isEmpty();
  }

  @Test
  void gradientsDraw() {
    float next = Math.nextUp(3f);
    float second = Math.nextUp(next);
    ElementType f64 = ElementType.F64;
    ElementType f32 = ElementType.F32;
    assertTrue(allowsGradient(Norm.LINF, f64, 1, -3, THREE), "the sign is told apart");
    assertTrue(!allowsGradient(Norm.LINF, f64, 1, off(1), THREE), "exact");
    assertTrue(!allowsGradient(Norm.LINF, f32, 1, next, THREE), "exact");
    assertTrue(allowsGradient(Norm.LINF, f32, 2, next, THREE), "with a factor");
    assertTrue(!allowsGradient(Norm.LINF, f32, 2, second, THREE), "with a factor");
    assertTrue(allowsGradient(Norm.L2, f64, 1, off(2), THREE), "2 ulp");
    assertTrue(!allowsGradient(Norm.L2, f64, 1, off(3), THREE), "3 ulp");
    assertTrue(allowsGradient(Norm.L2, f32, 1, next, THREE), "1 ulp of float");
    assertTrue(!allowsGradient(Norm.L2, f32, 1, second, THREE), "2 ulp of float");
    assertTrue(allowsGradient(Norm.lp(3), f64, 1, 3 + 2e-12, THREE), "of a power");
    assertTrue(!allowsGradient(Norm.lp(3), f64, 1, 3 + 4e-12, THREE), "of a power");
    assertTrue(!allowsGradient(Norm.lp(1e6), f64, 1, 3 + 4e-12, THREE), "of a large power");
    assertTrue(!allowsGradient(Norm.lp(3), f32, 1, second, THREE), "of a power");
    assertTrue(!allowsGradient(Norm.lp(1e12), f32, 1, second, THREE), "of a large power");
    for (Norm norm : Norms.GRADIENTS) {
      assertTrue(!allowsGradient(norm, f64, 1, Double.NaN, THREE), norm::toString);
      assertTrue(!allowsGradient(norm, f64, 1, 0, Truth.NAN), norm::toString);
      assertTrue(!allowsGradient(norm, f64, 1, 0, THREE), norm::toString);
      assertTrue(allowsGradient(norm, f64, 1, Double.NaN, Truth.NAN), norm::toString);
      assertTrue(
          GradientBounds.complaint(norm, f64, 1, -3, THREE, false).isPresent(), norm::toString);
    }
  }

  @Test
  void specialResults() {
    for (Bounds.Bound bound : Bounds.Bound.values()) {
      assertTrue(allows(bound, 0, Truth.ZERO), bound::toString);
      assertTrue(!allows(bound, -0.0, Truth.ZERO), () -> bound + " of -0.0");
      assertTrue(allows(bound, Double.NaN, Truth.NAN), bound::toString);
      assertTrue(!allows(bound, Double.NaN, THREE), bound::toString);
      assertTrue(!allows(bound, 3, Truth.NAN), bound::toString);
      assertTrue(allows(bound, Double.POSITIVE_INFINITY, Truth.INFINITY), bound::toString);
      assertTrue(!allows(bound, Double.MAX_VALUE, Truth.INFINITY), bound::toString);
      assertTrue(!allows(bound, Double.POSITIVE_INFINITY, THREE), bound::toString);
      assertTrue(!allows(bound, 0, THREE), bound::toString);
    }
  }

  /** A sum overflows exactly where the nearest number is infinity, not merely within an ulp. */
  @Test
  void overflow() {
    Truth largest = Truth.ofAbs(Double.MAX_VALUE);
    Truth tie = largest.plus(Truth.ofAbs(0x1p970));
    assertTrue(!allows(ONE_ULP, Double.MAX_VALUE, tie), "largest for infinity");
    assertTrue(!allows(ONE_ULP, Double.POSITIVE_INFINITY, largest), "infinity for the largest");
    assertTrue(allows(ONE_ULP, Double.POSITIVE_INFINITY, tie), "infinity");
    assertTrue(allows(FOUR_ULP, Double.MAX_VALUE, tie), "a power may stay below");
  }

  @Test
  void table() {
    assertEquals(EXACT, Bounds.of(Norm.LINF, ElementType.F64));
    assertEquals(EXACT, Bounds.of(Norm.L0, ElementType.BF16));
    assertEquals(ONE_ULP, Bounds.of(Norm.SQUARED_L2, ElementType.F64));
    assertEquals(SHORT_SUM, Bounds.of(Norm.L1, ElementType.F16));
    assertEquals(FOUR_ULP, Bounds.of(Norm.lp(-3), ElementType.F64));
    assertEquals(SHORT_POWER, Bounds.of(Norm.lp(0.5), ElementType.F32));
    assertEquals(EXACT, Bounds.of(MatrixNorm.MAX, ElementType.F32));
    assertEquals(ONE_ULP, Bounds.of(MatrixNorm.L21, ElementType.F64));
  }

  @Test
  void tablesAreThoseOfTheDocument() throws IOException {
    List<String> lines = Files.readAllLines(document());
    for (List<String> table : List.of(Bounds.markdown(), GradientBounds.markdown())) {
      int first = lines.indexOf(table.get(0));
      assertTrue(first >= 0, () -> "docs/numerics.md lacks " + table);
      int last = first + table.size();
      assertEquals(table, lines.subList(first, last));
      assertTrue(lines.get(last).isEmpty(), "the table ends where that of the code does");
    }
  }

  /** Looks for the document in the working directory and above. */
  private static Path document() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("docs/numerics.md"))) {
      at = at.getParent();
    }
    return at.resolve("docs/numerics.md");
  }
}
