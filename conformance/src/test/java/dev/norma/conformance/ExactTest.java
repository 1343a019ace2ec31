package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.ElementType;
import dev.norma.MatrixNorm;
import dev.norma.Norm;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExactTest {
  private static double norm(Norm norm, double... vector) {
    return new Exact(vector).norm(norm).rounded();
  }

  /** Norms that come out whole. */
  @ParameterizedTest
  @CsvSource({
    "0, 3 0 -0.0 NaN, 2", "1, 3 -4, 7", "2, 3 -4, 5", "sq2, 3 -4, 25", "inf, 3 -4, 4",
    "-inf, 3 -4, 3", "3, 3 -4 5, 6", "-1, 2 3 -6, 1", "0.5, 1 4 9, 36", "-0.5, 1 1, 0.25",
    "2.5, 7, 7", "0.25, 1 16, 81", "1e10, 5 1, 5", "-1e10, 5 1, 1", "32, 3, 3",
    "0.001, 4.9e-324 0 0, 4.9e-324"
  })
  void wholeNumbers(String norm, String vector, double expected) {
    double[] values = Arrays.stream(vector.split(" ")).mapToDouble(Double::parseDouble).toArray();
    assertEquals(expected, norm(Norm.parse(norm), values), () -> "L" + norm + " of " + vector);
  }

  /** 2^(1/p), worked out elsewhere to 50 digits. */
  @ParameterizedTest
  @CsvSource({
    "3, 1.2599210498948731647672106072782283505702514647015",
    "-0.5, 0.25",
    "100, 1.0069555500567188088326982141132397854535407405341",
    "0.00390625, 115792089237316195423570985008687907853269984665640564039457584007913129639936"
  })
  void rootsOfTwo(double p, BigDecimal expected) {
    BigDecimal actual = new Exact(new double[] {1, -1}).norm(Norm.lp(p)).toDecimal();
    BigDecimal error = actual.subtract(expected).abs().divide(expected, MathContext.DECIMAL64);
    assertTrue(error.doubleValue() < 1e-49, () -> "p " + p + ": " + actual);
  }

  /** Whole powers by integers and others by logarithms are two ways to the same number. */
  @Test
  void logarithmsAgreeWithIntegers() {
    double[] vector = Family.WIDE.vector(ElementType.F32, 9, new Seeded(9));
    double largest = norm(Norm.LINF, vector);
    for (double p : new double[] {0.5, 2.5, 3, 0.25}) {
      double[] values = Arrays.stream(vector).map(Math::abs).toArray();
      BigDecimal integers = ExactPower.quarters(values, (int) (4 * p), largest);
      BigDecimal logarithms = ExactPower.logarithms(values, p, largest);
      double error = integers.subtract(logarithms).abs().doubleValue();
      assertTrue(error < 1e-55, () -> "p " + p + ": " + integers + ", " + logarithms);
    }
  }

  @Test
  void specialValues() {
    double inf = Double.POSITIVE_INFINITY;
    for (Norm norm : Norms.ALL) {
      boolean counts = norm.equals(Norm.L0);
      boolean falls = norm.equals(Norm.NEG_INF) || norm.toString().startsWith("-");
      assertEquals(falls ? inf : 0, norm(norm), () -> "L" + norm + " of nothing");
      assertEquals(counts ? 2 : Double.NaN, norm(norm, inf, Double.NaN), () -> "NaN in L" + norm);
      assertEquals(0, norm(norm, 0, -0.0), () -> "L" + norm + " of zeros");
      assertEquals(counts ? 1 : inf, norm(norm, -inf), () -> "L" + norm + " of infinity");
      double beside = counts ? 2 : falls ? 3 : inf;
      assertEquals(beside, norm(norm, 3, -inf), () -> "L" + norm + " of 3 and infinity");
    }
    assertEquals(0, norm(Norm.lp(-1), 0, inf, 5));
  }

  @Test
  void sumsAreExact() {
    assertEquals(
        Truth.ofAbs(0x1p1000).plus(Truth.ofAbs(0x1p-1074)),
        new Exact(new double[] {0x1p1000, -0x1p-1074}).norm(Norm.L1));
    double[] ones = new double[3_000_000];
    Arrays.fill(ones, 1 + 0x1p-52);
    double expected = 3e6;
    Truth squares = new Exact(ones).norm(Norm.SQUARED_L2);
    Truth whole = Truth.ofAbs(expected);
    Truth parts = Truth.ofAbs(expected * 0x1p-51).plus(Truth.ofAbs(expected * 0x1p-104));
    assertEquals(whole.plus(parts), squares, "3e6 times (1 + 2^-52)^2");
  }

  @ParameterizedTest
  @CsvSource({
    "fro, 5.477225575051661",
    "max, 4",
    "sum, 10",
    "l21, 7.63441361516796",
    "1, 6",
    "-1, 4",
    "inf, 7",
    "-inf, 3"
  })
  void matrices(String norm, double expected) {
    double[][] matrix = {{1, -2}, {-3, 4}};
    MatrixNorm named = MatrixNorm.parse(norm);
    assertEquals(expected, Exact.norm(named, matrix).rounded(), 1e-15, norm);
    double empty = norm.startsWith("-") ? Double.POSITIVE_INFINITY : 0;
    assertEquals(empty, Exact.norm(named, new double[2][0]).rounded(), () -> norm + " of nothing");
    matrix[1][0] = Double.NaN;
    assertEquals(Double.NaN, Exact.norm(named, matrix).rounded(), () -> norm + " with NaN");
  }
}
