package dev.norma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The words for norms. */
class WordsTest {
  @Test
  void vectorNorms() {
    assertSame(Norm.L0, Norm.parse("0"));
    assertSame(Norm.L0, Norm.parse("-0.0"));
    assertSame(Norm.L1, Norm.parse("1"));
    assertSame(Norm.L2, Norm.parse("2.0"));
    assertSame(Norm.LINF, Norm.parse("inf"));
    assertSame(Norm.NEG_INF, Norm.parse("-inf"));
    assertSame(Norm.SQUARED_L2, Norm.parse("sq2"));
    assertEquals(Norm.lp(3.5), Norm.parse("3.5"));
    assertEquals(Norm.lp(-1), Norm.parse("-1"));
    assertEquals(Norm.lp(0.5), Norm.parse(".5"));
    assertEquals(Norm.lp(1e-3), Norm.parse("1e-3"));
    assertNotEquals(Norm.lp(3), Norm.lp(3.5));
    assertNotEquals(Norm.L2, Norm.SQUARED_L2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"inf", "INF", "Inf", "infinity", "Infinity"})
  void infinityIsWrittenAsInPython(String word) {
    assertSame(Norm.LINF, Norm.parse(word));
    assertSame(Norm.LINF, Norm.parse("+" + word));
    assertSame(Norm.NEG_INF, Norm.parse("-" + word));
    assertSame(MatrixNorm.INDUCED_INF, MatrixNorm.parse(word));
    assertSame(MatrixNorm.INDUCED_INF, MatrixNorm.parse("+" + word));
    assertSame(MatrixNorm.MIN_ROW_SUM, MatrixNorm.parse("-" + word));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " 2", "two", "nan", "NaN", "infinit", "--inf", "SQ2", "0x10", "1f", "2d", "1_0", "--1",
        "1e", ".", "fro", "nuc", "1e999", "1e-999", "٣"
      })
  void noVectorNorms(String word) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Norm.parse(word));
    assertTrue(e.getMessage().startsWith("ord: "), e.getMessage());
    assertTrue(e.getMessage().contains(word), e.getMessage());
  }

  @Test
  void specialExponents() {
    assertSame(Norm.L1, Norm.lp(1));
    assertSame(Norm.L2, Norm.lp(2));
    assertSame(Norm.LINF, Norm.lp(Double.POSITIVE_INFINITY));
    assertSame(Norm.NEG_INF, Norm.lp(Double.NEGATIVE_INFINITY));
    for (double p : new double[] {0, -0.0, Double.NaN}) {
      IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Norm.lp(p));
      assertTrue(e.getMessage().startsWith("p: " + p), e.getMessage());
    }
  }

  @Test
  void matrixNorms() {
    for (String word : new String[] {"fro", "1", "-1", "inf", "-inf", "max", "sum", "l21"}) {
      assertEquals(word, MatrixNorm.parse(word).toString());
    }
    assertSame(MatrixNorm.INDUCED_1, MatrixNorm.parse("1.0"));
    assertSame(MatrixNorm.INDUCED_1, MatrixNorm.parse("+1"));
    assertSame(MatrixNorm.INDUCED_1, MatrixNorm.parse("1e0"));
    assertSame(MatrixNorm.MIN_COLUMN_SUM, MatrixNorm.parse("-10e-1"));
    assertSame(MatrixNorm.MIN_COLUMN_SUM, MatrixNorm.parse("-1."));
    for (String word : new String[] {"2.0", "nuc", "2", "-2", "schatten:3", "schatten:inf"}) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> MatrixNorm.parse(word));
      assertTrue(e.getMessage().contains("needs singular values"), e.getMessage());
    }
    for (String word : new String[] {"", "3", "0", "1.5", "+fro", "sq2", "L21", "frobenius"}) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> MatrixNorm.parse(word));
      assertTrue(e.getMessage().contains("is no matrix norm"), e.getMessage());
    }
  }
}
