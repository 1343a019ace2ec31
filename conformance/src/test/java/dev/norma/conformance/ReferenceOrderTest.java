package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.ElementType;
import dev.norma.spi.Primitive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceOrderTest {
  private static final double BIG = 0x1p53;

  /** BIG first, and ones elsewhere: two ones count if they meet before they meet BIG. */
  @ParameterizedTest
  @CsvSource({
    "8, 24, 2", // lane 24 is folded onto lane 8 first
    "8, 16, 0", // lane 16 is folded onto lane 0 first, then lane 8
    "32, 64, 0", // both are added to BIG, in its lane
    "33, 65, 2", // both are in the lane beside
    "4096, 4097, 2", // both are in the next chunk
    "4096, 8192, 0", // chunk 2 meets chunk 0, BIG, before chunk 1 does
    "4096, 12288, 2", // chunk 3 meets chunk 1 first
    "4100, 135168, 2", // chunk 33 is in the lane of chunk 1
  })
  void onesBesideBig(int first, int second, double expected) {
    double[] vector = new double[200_000];
    vector[0] = BIG;
    vector[first] = 1;
    vector[second] = 1;
    double actual = sum(vector, ElementType.F32).hi() - BIG;
    assertEquals(expected, actual, () -> "ones at " + first + " and " + second);
  }

  @Test
  void pairsKeepWhatIsLost() {
    ReferenceOrder.Sum sum = sum(new double[] {BIG, 1, 1}, ElementType.F64);
    assertEquals(BIG + 2, sum.hi() + sum.lo());
    double x = 1 + 0x1p-30;
    double[] one = {x};
    ReferenceOrder.Sum square =
        ReferenceOrder.reduce(Primitive.SQUARE_SUM, ElementType.F64, one, 1);
    assertEquals(1 + 0x1p-29, square.hi());
    assertEquals(0x1p-60, square.lo());
    assertEquals(0, ReferenceOrder.reduce(Primitive.SQUARE_SUM, ElementType.F32, one, 1).lo());
  }

  @Test
  void scales() {
    double[] vector = {0x1p600, -0x1p601};
    ReferenceOrder.Sum sum =
        ReferenceOrder.reduce(Primitive.SQUARE_SUM, ElementType.F64, vector, 0x1p600);
    assertEquals(5, sum.hi());
    Primitive cubes = Primitive.powSum(3);
    assertEquals(1.125, ReferenceOrder.reduce(cubes, ElementType.F64, vector, 0x1p601).hi());
  }

  @Test
  void countsAndExtremes() {
    double[] vector = {0, -0.0, -3, 2, Double.NaN};
    assertEquals(3, reduce(Primitive.NONZERO_COUNT, vector));
    assertEquals(Double.NaN, reduce(Primitive.ABS_MAX, vector));
    assertEquals(3, reduce(Primitive.ABS_MAX, 2, -3));
    assertEquals(2, reduce(Primitive.ABS_MIN, 2, -3));
    assertEquals(0, reduce(Primitive.ABS_MAX));
    assertEquals(Double.POSITIVE_INFINITY, reduce(Primitive.ABS_MIN));
    assertEquals(0, reduce(Primitive.ABS_SUM));
  }

  private static double reduce(Primitive primitive, double... vector) {
    return ReferenceOrder.reduce(primitive, ElementType.F64, vector, 1).hi();
  }

  private static ReferenceOrder.Sum sum(double[] vector, ElementType type) {
    return ReferenceOrder.reduce(Primitive.ABS_SUM, type, vector, 1);
  }
}
