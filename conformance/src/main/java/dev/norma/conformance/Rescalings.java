package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.NonFinite;
import dev.norma.Norm;
import dev.norma.Norma;
import dev.norma.Transforms;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Vectors that are normalised, clipped, projected and shrunk, against exact arithmetic. */
interface Rescalings extends Conformance {
  /** The columns of most tests: more than 32, and no multiple. */
  int COLUMNS = 77;

  private Transforms transforms() {
    return Subject.of(backend()).norma().transforms();
  }

  /** Rows of very different sizes, in elements of a type; each row has other numbers. */
  static double[] rows(ElementType type, int rows) {
    Format format = Format.of(type);
    Random random = new Random(7);
    double[] values = new double[rows * COLUMNS];
    for (int i = 0; i < values.length; i++) {
      int power = (i / COLUMNS % 5 - 2) * format.maxExponent() / 3;
      values[i] = format.nearest(Math.scalb(random.nextGaussian(), power));
    }
    return values;
  }

  static MemorySegment memory(ElementType type, double... values) {
    MemorySegment memory = MemorySegment.ofArray(new long[(values.length * type.bytes() + 7) / 8]);
    for (int i = 0; i < values.length; i++) {
      Format.of(type).write(memory, i, values[i]);
    }
    return memory.asSlice(0, (long) values.length * type.bytes());
  }

  static Batch batch(MemorySegment memory, ElementType type, int columns) {
    Elements elements = Elements.of(memory, type);
    return Batch.rows(elements, elements.length() / columns, columns);
  }

  static double[] read(MemorySegment memory, ElementType type) {
    Elements elements = Elements.of(memory, type);
    double[] values = new double[(int) elements.length()];
    Arrays.setAll(values, elements::get);
    return values;
  }

  static BigDecimal exactNorm(double[] row) {
    BigDecimal sum = BigDecimal.ZERO;
    for (double x : row) {
      sum = sum.add(new BigDecimal(x).pow(2));
    }
    return sum.sqrt(new MathContext(80));
  }

  private static double ulps(double result, BigDecimal exact, ElementType type) {
    Format format = Format.of(type);
    int exponent = Math.max(Math.getExponent(exact.doubleValue()), format.minExponent());
    BigDecimal error = new BigDecimal(result).subtract(exact).abs();
    return error.doubleValue() / Math.scalb(1.0, exponent - format.precision() + 1);
  }

  /** A multiple of each row, element by element within the bound of gradients. */
  private static void assertMultiples(
      double[] x, double[] y, ElementType type, UnaryOperator<BigDecimal> of) {
    double bound = type == ElementType.F64 ? 2 : 1;
    for (int row = 0; row < x.length / COLUMNS; row++) {
      BigDecimal norm = exactNorm(Arrays.copyOfRange(x, row * COLUMNS, (row + 1) * COLUMNS));
      BigDecimal factor = of.apply(norm);
      for (int i = row * COLUMNS; i < (row + 1) * COLUMNS; i++) {
        BigDecimal exact = new BigDecimal(x[i]).multiply(factor);
        double error = ulps(y[i], exact, type);
        int at = i;
        assertTrue(error <= bound, () -> type + " [" + at + "]: " + error + " ulp of " + exact);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  default void normalisedRowsAreExact(ElementType type) {
    double[] x = rows(type, 20);
    MemorySegment memory = memory(type, x);
    MemorySegment out = memory(type, new double[x.length]);
    double[] norms =
        transforms().normalize(Norm.L2, batch(memory, type, COLUMNS), 0, batch(out, type, COLUMNS));
    assertMultiples(x, read(out, type), type, n -> BigDecimal.ONE.divide(n, new MathContext(60)));
    double[] expected = Subject.of(backend()).norma().norms(Norm.L2, batch(memory, type, COLUMNS));
    assertArrayEquals(expected, norms);
    Batch inPlace = batch(memory, type, COLUMNS);
    transforms().normalize(Norm.L2, inPlace, 0, inPlace);
    assertEquals(-1, memory.mismatch(out), "in place");
  }

  @ParameterizedTest
  @EnumSource
  default void clippedRowsAreExactAndOthersUntouched(ElementType type) {
    double[] x = rows(type, 20);
    double limit = 3;
    MemorySegment memory = memory(type, x);
    MemorySegment out = memory(type, new double[x.length]);
    transforms().clip(Norm.L2, batch(memory, type, COLUMNS), limit, batch(out, type, COLUMNS));
    BigDecimal exact = new BigDecimal(limit);
    assertMultiples(
        x,
        read(out, type),
        type,
        n -> n.compareTo(exact) > 0 ? exact.divide(n, new MathContext(60)) : BigDecimal.ONE);
  }

  @Test
  default void zeroRowsStayAndEpsilonHelps() {
    double[] x = {0, -0.0, 0, 3e-300, 4e-300, 0, 3, 4, 0};
    double[] y = new double[9];
    transforms().normalize(Norm.L2, Batch.rows(x, 3, 3), 0, Batch.rows(y, 3, 3));
    assertArrayEquals(new double[] {0, -0.0, 0, 0.6, 0.8, 0, 0.6, 0.8, 0}, y, 2e-16);
    assertEquals(0, y[0]);
    transforms().normalize(Norm.L2, Batch.rows(x, 3, 3), 10, Batch.rows(y, 3, 3));
    assertArrayEquals(
        new double[] {0, -0.0, 0, 3e-300 / 10, 4e-300 / 10, 0, 0.3, 0.4, 0}, y, 1e-316);
  }

  /** Of norms near both ends of the range, the reciprocal is in it no more. */
  @Test
  default void normsMayBeAtTheEndOfTheRange() {
    for (Norm norm : List.of(Norm.L1, Norm.L2, Norm.LINF, Norm.lp(3))) {
      for (double size : new double[] {0x1p-1074, 0x1p-1040, 0x1p-1023, Double.MAX_VALUE}) {
        double[] x = {-size, 0};
        double[] y = new double[2];
        transforms().normalize(norm, Batch.of(x), 0, Batch.of(y));
        assertArrayEquals(new double[] {-1, 0}, y, norm + " of " + size);
        transforms().clip(norm, Batch.of(x), size / 2, Batch.of(y));
        assertArrayEquals(new double[] {-size / 2, 0}, y, norm + " to half of " + size);
      }
    }
  }

  @Test
  default void limitsAtTheEdge() {
    double[] x = {0, 0, 3, 4, Double.NaN, 1, Double.POSITIVE_INFINITY, 1};
    double[] y = new double[8];
    transforms().clip(Norm.L2, Batch.rows(x, 4, 2), 0, Batch.rows(y, 4, 2));
    double nan = Double.NaN;
    assertArrayEquals(new double[] {0, 0, 0, 0, nan, nan, nan, nan}, y);
    transforms().clip(Norm.L2, Batch.rows(x, 4, 2), 5, Batch.rows(y, 4, 2));
    assertArrayEquals(new double[] {0, 0, 3, 4, nan, nan, nan, nan}, y);
    transforms().normalize(Norm.LINF, Batch.rows(x, 4, 2), 0, Batch.rows(y, 4, 2));
    assertArrayEquals(new double[] {0, 0, 0.75, 1, nan, nan, nan, nan}, y);
    transforms().normalize(Norm.L1, Batch.rows(x, 4, 2), 0, Batch.rows(y, 4, 2));
    assertArrayEquals(new double[] {0, 0, 3.0 / 7, 4.0 / 7, nan, nan, nan, nan}, y);
  }

  /** x is its proximal point and its projection onto the ball of the dual norm. */
  @ParameterizedTest
  @EnumSource
  default void proximalPointsHaveMoreausDecomposition(ElementType type) {
    double[] x = rows(type, 20);
    double lambda = 1.5;
    MemorySegment memory = memory(type, x);
    MemorySegment prox = memory(type, new double[x.length]);
    MemorySegment projection = memory(type, new double[x.length]);
    Batch from = batch(memory, type, COLUMNS);
    transforms().prox(Norm.L1, from, lambda, batch(prox, type, COLUMNS));
    transforms().project(Norm.LINF, from, lambda, batch(projection, type, COLUMNS));
    assertSums(x, read(prox, type), read(projection, type), type);
    transforms().prox(Norm.L2, from, lambda, batch(prox, type, COLUMNS));
    transforms().project(Norm.L2, from, lambda, batch(projection, type, COLUMNS));
    assertSums(x, read(prox, type), read(projection, type), type);
    transforms().prox(Norm.LINF, from, lambda, batch(prox, type, COLUMNS));
    transforms().project(Norm.L1, from, lambda, batch(projection, type, COLUMNS));
    assertSums(x, read(prox, type), read(projection, type), type);
  }

  @Test
  default void projectionsOntoTheL1BallAtTheEdge() {
    double[] x = {1, -2, 3, 0.5, 0, 0.25, Double.NaN, 1, 2, Double.POSITIVE_INFINITY, 1, 2};
    Batch rows = Batch.rows(x, 4, 3);
    assertThrows(IllegalArgumentException.class, () -> transforms().prox(Norm.LINF, rows, 1, rows));
    transforms().project(Norm.L1, rows, 3, rows);
    double nan = Double.NaN;
    assertArrayEquals(new double[] {0, -1, 2, 0.5, 0, 0.25, nan, nan, nan, nan, nan, nan}, x);
  }

  private static void assertSums(double[] x, double[] a, double[] b, ElementType type) {
    for (int i = 0; i < x.length; i++) {
      double ulp =
          Math.max(Math.abs(x[i]) * Format.of(type).ulpOfOne(), Format.of(type).smallest());
      assertEquals(x[i], a[i] + b[i], 2 * ulp, "element " + i + " of " + type);
    }
  }

  @Test
  default void badNumbersAreRefused() {
    Batch x = Batch.of(1.0, 2.0);
    for (double bad : new double[] {-1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> transforms().clip(Norm.L2, x, bad, x));
      assertThrows(IllegalArgumentException.class, () -> transforms().prox(Norm.L1, x, bad, x));
      assertThrows(
          IllegalArgumentException.class, () -> transforms().normalize(Norm.L2, x, bad, x));
    }
    String message =
        assertThrows(IllegalArgumentException.class, () -> transforms().project(Norm.L0, x, 1, x))
            .getMessage();
    assertEquals("norm: 0 is none of L1, L2 and L-infinity", message);
  }

  /** A multiple of a vector has as many elements that are not 0, and the square of its norm. */
  @Test
  default void normsThatAreNotProportionalAreNoLimit() {
    Norma norma = Subject.of(backend()).norma();
    Batch x = Batch.of(3.0, 4.0);
    for (Norm norm : List.of(Norm.L0, Norm.SQUARED_L2)) {
      Refusals.illegal(() -> transforms().clip(norm, x, 1, x), "norm: " + norm, "sq2");
      Refusals.illegal(
          () -> norma.tensors().clip(norm, List.of(x), 1, NonFinite.SKIP), "norm: " + norm);
    }
    assertEquals(3, x.elements().get(0));
  }
}
