package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.norma.ElementType;
import dev.norma.MatrixNorm;
import dev.norma.Norm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReferenceNormTest {
  private static final int LENGTH = 37;

  /** The page that it writes out keeps the bounds of the page. */
  @ParameterizedTest
  @EnumSource
  void keepsTheBounds(Family family) {
    for (ElementType type : ElementType.values()) {
      double[] vector = family.vector(type, LENGTH, new Seeded(11));
      Exact exact = new Exact(vector);
      for (Norm norm : Norms.ALL) {
        Bounds.of(norm, type)
            .complaint(ReferenceNorm.of(norm, type, vector), exact.norm(norm))
            .ifPresent(why -> fail("L" + norm + " of " + type + " " + family + ": " + why));
      }
    }
  }

  @Test
  void rootsThatAreHardOnTheWay() {
    double beyond = ReferenceNorm.of(Norm.L2, ElementType.F64, Extremes.partsOverflow());
    assertEquals(0x1p512, beyond);
    assertEquals(0x1p27, ReferenceNorm.of(Norm.L2, ElementType.F32, Extremes.rootHalfway()));
  }

  @Test
  void columnsOfAnySizeAreAddedUnrounded() {
    double[][] rows = {{0, 0x1p-600, 1, 0x1p600}, {0, 0, 1, 0}};
    assertEquals(0x1p600, l21(rows));
    assertEquals(2 * Math.sqrt(2), l21(new double[][] {{1, 1}, {1, 1}}));
    assertEquals(0x1p-600 + 0x1p-602, l21(new double[][] {{0x1p-600, 0x1p-602}}));
    assertEquals(Double.NaN, l21(new double[][] {{1, Double.NaN}}));
    assertEquals(Double.POSITIVE_INFINITY, l21(new double[][] {{Double.MAX_VALUE, 0x1p1023}}));
  }

  private static double l21(double[][] rows) {
    return ReferenceMatrixNorm.of(MatrixNorm.L21, ElementType.F64, rows, false);
  }

  /** By rows, the ones meet in lane 1 before they meet the largest; by columns each is lost. */
  @Test
  void entriesAreTakenInTheOrderOfTheArray() {
    double[][] rows = new double[32][2];
    rows[0] = new double[] {0x1p53, 1};
    rows[16][1] = 1;
    assertEquals(0x1p53 + 2, sum(rows, false));
    assertEquals(0x1p53, sum(rows, true));
  }

  private static double sum(double[][] rows, boolean byColumns) {
    return ReferenceMatrixNorm.of(MatrixNorm.SUM, ElementType.F32, rows, byColumns);
  }
}
