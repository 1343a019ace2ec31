package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.Elements;
import dev.norma.Into;
import dev.norma.Matrices;
import dev.norma.MatrixNorm;
import dev.norma.NdArray;
import dev.norma.Norma;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The derivatives of norms of matrices. */
interface MatrixGradients extends Conformance {
  /** All norms. */
  List<String> WORDS = List.of("fro", "max", "sum", "l21", "1", "-1", "inf", "-inf");

  private Norma norma() {
    return Subject.of(backend()).norma();
  }

  private static Matrices matrices(double[] elements) {
    return Matrices.along(NdArray.of(Elements.of(elements), 3, 4, 5), 1, 2);
  }

  /** As matrices whose rows are the columns in memory. */
  private static Matrices transposed(double[] elements) {
    return Matrices.along(NdArray.of(Elements.of(elements), 3, 4, 5), 2, 1);
  }

  /** How the elements are matrices. */
  interface View {
    Matrices of(double[] elements);
  }

  @Test
  default void ofMatricesAreCentralDifferences() {
    Random random = new Random(17);
    for (String word : WORDS) {
      for (View view : List.<View>of(MatrixGradients::matrices, MatrixGradients::transposed)) {
        double[] x = random.doubles(60, 0.5, 2).toArray();
        Arrays.setAll(x, i -> random.nextBoolean() ? x[i] : -x[i]);
        double[] gradient = new double[60];
        MatrixNorm norm = MatrixNorm.parse(word);
        norma().gradients().gradient(norm, view.of(x), view.of(gradient));
        double step = 0x1p-20;
        for (int i = 0; i < 60; i++) {
          double[] ahead = x.clone();
          double[] behind = x.clone();
          ahead[i] += step;
          behind[i] -= step;
          double difference = (sum(norm, view.of(ahead)) - sum(norm, view.of(behind))) / (2 * step);
          assertEquals(difference, gradient[i], 1e-8, word + " by element " + i);
        }
      }
    }
  }

  private double sum(MatrixNorm norm, Matrices matrices) {
    return Arrays.stream(norma().norms(norm, matrices)).sum();
  }

  /** The sums of the columns are 2, 5 and 2, those of the rows 5 and 4. */
  @Test
  default void ofMatricesAreSharedByTies() {
    double[] x = {1, 2, -2, 1, 3, 0};
    assertGradient(MatrixNorm.INDUCED_1, x, 0, 1, 0, 0, 1, 0);
    assertGradient(MatrixNorm.MIN_COLUMN_SUM, x, 0.5, 0, -0.5, 0.5, 0, 0);
    assertGradient(MatrixNorm.INDUCED_INF, x, 1, 1, -1, 0, 0, 0);
    assertGradient(MatrixNorm.MIN_ROW_SUM, x, 0, 0, 0, 1, 1, 0);
    assertGradient(MatrixNorm.MAX, x, 0, 0, 0, 0, 1, 0);
  }

  private void assertGradient(MatrixNorm norm, double[] x, double... expected) {
    double[] gradient = new double[6];
    norma().gradients().gradient(norm, Matrices.of(x, 2, 3), Matrices.of(gradient, 2, 3));
    Arrays.setAll(gradient, i -> gradient[i] + 0.0); // -0.0 is 0
    assertArrayEquals(expected, gradient, norm.toString());
  }

  @Test
  default void ofMatricesComeWithTheirNorms() {
    double[] some = new Random(19).doubles(60, -1, 1).toArray();
    double[] hard = new double[60];
    Arrays.setAll(hard, i -> i < 20 ? 0 : i < 40 ? i % 3 : i == 47 ? Double.NaN : i);
    for (double[] x : List.of(some, hard)) {
      for (String word : WORDS) {
        MatrixNorm norm = MatrixNorm.parse(word);
        double[] expected = new double[60];
        norma().gradients().gradient(norm, matrices(x), matrices(expected));
        double[] inPlace = x.clone();
        double[] norms =
            norma().gradients().normsAndGradient(norm, matrices(inPlace), matrices(inPlace));
        assertArrayEquals(norma().norms(norm, matrices(x)), norms, word);
        assertArrayEquals(expected, inPlace, word);
      }
    }
  }

  /** Entry goes to entry, whatever the order of axes that each of the operands is stored in. */
  @Test
  default void ofMatricesGoToMatricesThatLieOtherwise() {
    Random random = new Random(37);
    double[] x = random.doubles(60, -1, 1).toArray();
    double[] along = random.doubles(60, -1, 1).toArray();
    for (String word : WORDS) {
      MatrixNorm norm = MatrixNorm.parse(word);
      double[] expected = new double[60];
      double[] actual = new double[60];
      norma().gradients().gradient(norm, matrices(x), matrices(expected));
      norma().gradients().normsAndGradient(norm, matrices(x), otherwise(actual));
      assertArrayEquals(expected, swapped(actual), word);
      norma().gradients().hvp(norm, matrices(x), matrices(along), matrices(expected));
      norma().gradients().hvp(norm, matrices(x), otherwise(swappedBack(along)), otherwise(actual));
      assertArrayEquals(expected, swapped(actual), word);
      assertArrayEquals(
          norma().gradients().jvp(norm, matrices(x), matrices(along)),
          norma().gradients().jvp(norm, matrices(x), otherwise(swappedBack(along))),
          word);
    }
  }

  /** Matrices of the same sizes, stored column by column. */
  private static Matrices otherwise(double[] elements) {
    return Matrices.along(NdArray.of(Elements.of(elements), 3, 5, 4), 2, 1);
  }

  private static double[] swapped(double[] columnByColumn) {
    double[] rowByRow = new double[60];
    Arrays.setAll(rowByRow, i -> columnByColumn[i / 20 * 20 + i % 5 * 4 + i % 20 / 5]);
    return rowByRow;
  }

  private static double[] swappedBack(double[] rowByRow) {
    double[] columnByColumn = new double[60];
    Arrays.setAll(columnByColumn, i -> rowByRow[i / 20 * 20 + i % 4 * 5 + i % 20 / 4]);
    return columnByColumn;
  }

  @Test
  default void ofEmptyMatricesComeWithTheirNorms() {
    double[] empty = {};
    for (String word : WORDS) {
      MatrixNorm norm = MatrixNorm.parse(word);
      for (Matrices x : List.of(Matrices.of(empty, 0, 3), Matrices.of(empty, 3, 0))) {
        assertArrayEquals(
            norma().norms(norm, x), norma().gradients().normsAndGradient(norm, x, x), word);
      }
    }
  }

  @Test
  default void ofMatricesTakeFactorsAndAreAdded() {
    double[] x = new double[60];
    Arrays.setAll(x, i -> i % 7 - 3);
    for (String word : WORDS) {
      MatrixNorm norm = MatrixNorm.parse(word);
      double[] once = new double[60];
      norma().gradients().gradient(norm, matrices(x), matrices(once));
      double[] factors = {2, 0, -0.5};
      double[] added = new double[60];
      Arrays.fill(added, 8);
      norma().gradients().vjp(norm, matrices(x), factors, matrices(added), Into.ADD);
      double[] expected = new double[60];
      Arrays.setAll(expected, i -> 8 + factors[i / 20] * once[i]);
      assertArrayEquals(expected, added, 1e-15, word);
    }
  }

  @Test
  default void ofMatricesAtHardPoints() {
    double nan = Double.NaN;
    for (String word : WORDS) {
      MatrixNorm norm = MatrixNorm.parse(word);
      double[] zero = {0, 0, 0, 0};
      norma().gradients().gradient(norm, Matrices.of(zero, 2, 2), Matrices.of(zero, 2, 2));
      assertArrayEquals(new double[4], zero, word);
      double[] x = {nan, 1, 2, 3};
      norma().gradients().gradient(norm, Matrices.of(x, 2, 2), Matrices.of(x, 2, 2));
      assertEquals(nan, x[0], word);
      double[] empty = {};
      norma().gradients().gradient(norm, Matrices.of(empty, 0, 3), Matrices.of(empty, 0, 3));
      norma().gradients().gradient(norm, Matrices.of(empty, 3, 0), Matrices.of(empty, 3, 0));
    }
    double[] x = {nan, 1, 2, 3};
    norma().gradients().gradient(MatrixNorm.INDUCED_1, Matrices.of(x, 2, 2), Matrices.of(x, 2, 2));
    assertArrayEquals(new double[] {nan, nan, nan, nan}, x, "no column is the largest");
    double[] sum = {nan, 3, 2, 4};
    norma().gradients().gradient(MatrixNorm.L21, Matrices.of(sum, 2, 2), Matrices.of(sum, 2, 2));
    assertArrayEquals(new double[] {nan, 0.6, nan, 0.8}, sum, "a column of its own");
    double[] infinite = {Double.POSITIVE_INFINITY, 3, 2, -Double.POSITIVE_INFINITY};
    Matrices columns = Matrices.of(infinite, 2, 2);
    norma().gradients().gradient(MatrixNorm.INDUCED_1, columns, columns);
    assertArrayEquals(new double[] {0.5, 0.5, 0.5, -0.5}, infinite, "infinite columns tie");
  }

  @Test
  default void ofMatricesHaveTheirAdjoints() {
    Random random = new Random(23);
    double[] x = random.doubles(60, -1, 1).toArray();
    double[] tangent = random.doubles(60, -1, 1).toArray();
    for (String word : WORDS) {
      MatrixNorm norm = MatrixNorm.parse(word);
      double[] gradient = new double[60];
      norma().gradients().gradient(norm, matrices(x), matrices(gradient));
      double[] products = norma().gradients().jvp(norm, matrices(x), matrices(tangent));
      for (int m = 0; m < 3; m++) {
        double sum = 0;
        for (int i = 20 * m; i < 20 * (m + 1); i++) {
          sum += gradient[i] * tangent[i];
        }
        assertEquals(sum, products[m], 1e-14, word);
      }
    }
  }

  @Test
  default void ofMatricesHaveHessians() {
    Random random = new Random(29);
    double[] x = random.doubles(60, -1, 1).toArray();
    double[] along = random.doubles(60, -1, 1).toArray();
    double step = 0x1p-20;
    for (String word : WORDS) {
      MatrixNorm norm = MatrixNorm.parse(word);
      double[] hessian = new double[60];
      norma().gradients().hvp(norm, matrices(x), matrices(along), matrices(hessian));
      double[] ahead = gradientAt(norm, x, along, step);
      double[] behind = gradientAt(norm, x, along, -step);
      for (int i = 0; i < 60; i++) {
        assertEquals((ahead[i] - behind[i]) / (2 * step), hessian[i], 1e-8, word);
      }
    }
  }

  private double[] gradientAt(MatrixNorm norm, double[] x, double[] along, double step) {
    double[] moved = new double[60];
    Arrays.setAll(moved, i -> x[i] + step * along[i]);
    norma().gradients().gradient(norm, matrices(moved), matrices(moved));
    return moved;
  }
}
