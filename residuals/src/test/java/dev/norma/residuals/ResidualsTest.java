package dev.norma.residuals;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.Norm;
import dev.norma.Norma;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Residuals against sums written out, and gradients against differences. */
class ResidualsTest {
  private static final int ROWS = 5;
  private static final int COLUMNS = 7;
  private static final List<Norm> NORMS =
      List.of(Norm.L1, Norm.L2, Norm.SQUARED_L2, Norm.LINF, Norm.lp(3));

  private final Random random = new Random(11);

  private double[] numbers(int count) {
    return random.doubles(count, -1, 1).toArray();
  }

  private static double[] residual(double[] a, int rows, double[] b, double[] x) {
    double[] r = b.clone();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < x.length; j++) {
        r[i] -= a[i * x.length + j] * x[j];
      }
    }
    return r;
  }

  private static double[] row(double[] matrix, int row, int columns) {
    return Arrays.copyOfRange(matrix, row * columns, (row + 1) * columns);
  }

  @Test
  void areWhatIsLeftOfTheEquation() {
    double[] a = numbers(ROWS * COLUMNS);
    int count = 50_000; // many blocks
    double[] x = numbers(count * COLUMNS);
    double[] b = numbers(count * ROWS);
    try (Norma norma = Norma.open("cpu")) {
      Residuals residuals = Residuals.of(norma, a, ROWS, COLUMNS);
      for (Norm norm : NORMS) {
        double[] norms =
            residuals.equation(norm, Batch.rows(b, count, ROWS), Batch.rows(x, count, COLUMNS));
        for (int i = 0; i < count; i += 997) {
          double[] r = residual(a, ROWS, row(b, i, ROWS), row(x, i, COLUMNS));
          assertEquals(norma.norm(norm, Batch.of(r)), norms[i], 1e-13, norm + " of " + i);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void areThoseOfEveryTypeAndLayout(ElementType type) {
    double[] a = numbers(COLUMNS * COLUMNS);
    Elements x = elements(type, 40 * COLUMNS);
    Elements columns = elements(type, 40 * COLUMNS);
    for (int i = 0; i < 40; i++) {
      for (int j = 0; j < COLUMNS; j++) {
        columns.set(j * 40L + i, x.get((long) i * COLUMNS + j));
      }
    }
    try (Norma norma = Norma.open("cpu")) {
      Residuals residuals = Residuals.of(norma, a, COLUMNS, COLUMNS);
      double[] norms = residuals.fixedPoint(Norm.L2, Batch.rows(x, 40, COLUMNS));
      for (int i = 0; i < 40; i++) {
        double[] row = new double[COLUMNS];
        for (int j = 0; j < COLUMNS; j++) {
          row[j] = x.get((long) i * COLUMNS + j);
        }
        double[] r = residual(a, COLUMNS, row, row);
        assertEquals(norma.norm(Norm.L2, Batch.of(r)), norms[i], 1e-13, type + " " + i);
      }
      assertArrayEquals(norms, residuals.fixedPoint(Norm.L2, Batch.columns(columns, COLUMNS, 40)));
    }
  }

  private Elements elements(ElementType type, int length) {
    Elements elements = Elements.of(MemorySegment.ofArray(new byte[length * type.bytes()]), type);
    for (int i = 0; i < length; i++) {
      elements.set(i, random.nextGaussian());
    }
    return elements;
  }

  @Test
  void haveTheGradientsOfCentralDifferences() {
    double[] square = numbers(COLUMNS * COLUMNS);
    double[] wide = numbers(ROWS * COLUMNS);
    double[] x = numbers(COLUMNS);
    double[] b = numbers(ROWS);
    double[] gradient = new double[COLUMNS];
    try (Norma norma = Norma.open("cpu")) {
      Residuals fixed = Residuals.of(norma, square, COLUMNS, COLUMNS);
      Residuals equation = Residuals.of(norma, wide, ROWS, COLUMNS);
      for (Norm norm : NORMS) {
        double[] norms = fixed.fixedPoint(norm, Batch.of(x), Batch.of(gradient));
        assertArrayEquals(fixed.fixedPoint(norm, Batch.of(x)), norms);
        checkGradient(y -> fixed.fixedPoint(norm, Batch.of(y))[0], x, gradient, norm);
        norms = equation.equation(norm, Batch.of(b), Batch.of(x), Batch.of(gradient));
        assertArrayEquals(equation.equation(norm, Batch.of(b), Batch.of(x)), norms);
        checkGradient(y -> equation.equation(norm, Batch.of(b), Batch.of(y))[0], x, gradient, norm);
      }
    }
  }

  private interface Function {
    double of(double[] x);
  }

  private static void checkGradient(Function f, double[] x, double[] gradient, Norm norm) {
    double step = 0x1p-20;
    for (int i = 0; i < x.length; i++) {
      double[] ahead = x.clone();
      double[] behind = x.clone();
      ahead[i] += step;
      behind[i] -= step;
      double difference = (f.of(ahead) - f.of(behind)) / (2 * step);
      assertEquals(difference, gradient[i], 1e-7, norm + " by element " + i);
    }
  }

  @Test
  void gradientsMayGoToTheVectorsThemselves() {
    double[] a = numbers(COLUMNS * COLUMNS);
    double[] x = numbers(3 * COLUMNS);
    double[] apart = new double[3 * COLUMNS];
    try (Norma norma = Norma.open("cpu")) {
      Residuals residuals = Residuals.of(norma, a, COLUMNS, COLUMNS);
      residuals.fixedPoint(Norm.L2, Batch.rows(x, 3, COLUMNS), Batch.rows(apart, 3, COLUMNS));
      Batch rows = Batch.rows(x, 3, COLUMNS);
      residuals.fixedPoint(Norm.L2, rows, rows);
      assertArrayEquals(apart, x);
    }
  }

  @Test
  void vanishAtASolutionWithGradientZero() {
    double[] identity = {1, 0, 0, 1};
    double[] gradient = {7, 7};
    try (Norma norma = Norma.open("cpu")) {
      Residuals residuals = Residuals.of(norma, identity, 2, 2);
      Batch x = Batch.of(3.0, 4.0);
      assertArrayEquals(new double[] {0}, residuals.fixedPoint(Norm.L2, x, Batch.of(gradient)));
      assertArrayEquals(new double[] {0, 0}, gradient);
      double nan = Double.NaN;
      assertArrayEquals(new double[] {nan}, residuals.equation(Norm.L2, Batch.of(nan, 1), x));
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    try (Norma norma = Norma.open("cpu")) {
      assertRefused(
          "matrix: 3 elements are not 2 x 2", () -> Residuals.of(norma, new double[3], 2, 2));
      Residuals wide = Residuals.of(norma, new double[6], 2, 3);
      Batch x = Batch.of(1.0, 2, 3);
      assertRefused("matrix: 2 x 3 is not square", () -> wide.fixedPoint(Norm.L2, x));
      assertRefused(
          "x: vector 0 has 2 elements, not 3",
          () -> wide.equation(Norm.L2, Batch.of(1.0, 2), Batch.of(1.0, 2)));
      assertRefused("b: vector 0 has 3 elements, not 2", () -> wide.equation(Norm.L2, x, x));
      assertRefused(
          "b: 2 vectors, and x has 1",
          () -> wide.equation(Norm.L2, Batch.rows(new double[4], 2, 2), x));
      assertRefused(
          "out: vector 0 has 2 elements, not 3",
          () -> wide.equation(Norm.L2, Batch.of(1.0, 2), x, Batch.of(1.0, 2)));
    }
  }

  @Test
  void memoryThatIsNotReadOrWrittenIsRefused() {
    try (Norma norma = Norma.open("cpu")) {
      Residuals residuals = Residuals.of(norma, new double[] {2, 0, 0, 2}, 2, 2);
      Batch x = Batch.of(3.0, 4);
      Batch difference = Batch.difference(x, Batch.of(3.0, 4));
      String differences = "it is a view of differences; products are of vectors in memory";
      assertRefused("x: " + differences, () -> residuals.fixedPoint(Norm.L2, difference));
      assertRefused("b: " + differences, () -> residuals.equation(Norm.L2, difference, x));
      assertRefused("out: " + differences, () -> residuals.fixedPoint(Norm.L2, x, difference));
      MemorySegment readOnly = MemorySegment.ofArray(new double[2]).asReadOnly();
      Batch out = Batch.of(Elements.of(readOnly, ElementType.F64));
      assertRefused("out: the segment is read-only", () -> residuals.fixedPoint(Norm.L2, x, out));
    }
  }

  @Test
  void placesThatOverlapAreRefused() {
    double[] memory = numbers(10);
    double[] before = memory.clone();
    Elements elements = Elements.of(memory);
    try (Norma norma = Norma.open("cpu")) {
      Residuals residuals = Residuals.of(norma, new double[] {2, 0, 0, 2}, 2, 2);
      Batch x = Batch.rows(elements, 0, 3, 2, 2);
      Batch b = Batch.rows(new double[6], 3, 2);
      for (Batch out :
          List.of(
              Batch.rows(elements, 2, 3, 2, 2),
              Batch.rows(elements, 0, 3, 2, 3),
              Batch.columns(elements, 0, 2, 3, 3),
              Batch.rows(Elements.of(MemorySegment.ofArray(memory), ElementType.F32), 3, 2))) {
        assertRefused(
            "out: overlaps x, and not element by element at the same place",
            () -> residuals.fixedPoint(Norm.L2, x, out));
      }
      assertRefused("out: overlaps b", () -> residuals.equation(Norm.L2, x, b, x));
      assertArrayEquals(before, memory);
      residuals.equation(Norm.L2, b, x, Batch.rows(elements, 0, 3, 2, 2));
    }
  }

  @Test
  void vectorsThatLieAtOnePlaceAreNotWritten() {
    double[] place = {1, 2};
    try (Norma norma = Norma.open("cpu")) {
      Residuals residuals = Residuals.of(norma, new double[] {2, 0, 0, 2}, 2, 2);
      Batch x = Batch.rows(new double[6], 3, 2);
      Batch out = Batch.repeated(Batch.of(place), 3);
      assertRefused(
          "out: several of its elements lie at the same place",
          () -> residuals.fixedPoint(Norm.L2, x, out));
      assertArrayEquals(new double[] {1, 2}, place);
      assertRefused(
          "x: 4294967296 results do not fit an array, which holds at most 2147483639",
          () -> residuals.fixedPoint(Norm.L2, Batch.repeated(Batch.of(place), 1L << 32)));
    }
  }

  @Test
  void memoryMayBeOfThisThreadAlone() {
    int count = 5000; // several blocks
    double[] a = numbers(COLUMNS * COLUMNS);
    double[] numbers = numbers(count * COLUMNS);
    try (Norma norma = Norma.open("cpu");
        Arena arena = Arena.ofConfined()) {
      Residuals residuals = Residuals.of(norma, a, COLUMNS, COLUMNS);
      MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, numbers);
      Batch confined = Batch.rows(Elements.of(memory, ElementType.F64), count, COLUMNS);
      Batch shared = Batch.rows(numbers, count, COLUMNS);
      assertArrayEquals(
          residuals.fixedPoint(Norm.L2, shared), residuals.fixedPoint(Norm.L2, confined, confined));
    }
  }

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @Test
  void noVectorsHaveNoResiduals() {
    try (Norma norma = Norma.open("cpu")) {
      Residuals residuals = Residuals.of(norma, new double[0], 0, 0);
      assertEquals(0, residuals.fixedPoint(Norm.L2, Batch.rows(new double[0], 0, 0)).length);
      assertTrue(residuals.fixedPoint(Norm.L2, Batch.of(new double[0]))[0] == 0);
    }
  }
}
