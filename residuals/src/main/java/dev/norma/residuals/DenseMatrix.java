package dev.norma.residuals;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import java.util.Objects;

/** A row-major matrix, and products of rows with it. Immutable. */
final class DenseMatrix {
  private static final BLAS PRODUCTS = JavaBLAS.getInstance();

  /** So many numbers of a block on each side. */
  private static final int BLOCK = 1 << 17;

  private final double[] elements;
  private final int rows;
  private final int columns;

  DenseMatrix(double[] elements, int rows, int columns) {
    Objects.requireNonNull(elements, "matrix");
    if (rows < 0 || columns < 0 || (long) rows * columns != elements.length) {
      throw new IllegalArgumentException(
          "matrix: " + elements.length + " elements are not " + rows + " x " + columns);
    }
    this.elements = elements.clone();
    this.rows = rows;
    this.columns = columns;
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  /** Returns how many vectors are worth one product. */
  int rowsAtOnce() {
    return Math.clamp(BLOCK / Math.max(1, Math.max(rows, columns)), 1, 1024);
  }

  /** Takes A x from each of n vectors y: {@code y[i] -= A x[i]}. */
  void subtractProducts(int n, double[] x, double[] y) {
    if (n > 0 && rows > 0 && columns > 0) {
      // Row-major matrices are the transposes of those that the BLAS knows.
      PRODUCTS.dgemm("T", "N", rows, n, columns, -1, elements, columns, x, columns, 1, y, rows);
    }
  }

  /** Takes Aᵀ s from each of n vectors y: {@code y[i] -= Aᵀ s[i]}. */
  void subtractAdjoints(int n, double[] s, double[] y) {
    if (n > 0 && rows > 0 && columns > 0) {
      PRODUCTS.dgemm("N", "N", columns, n, rows, -1, elements, columns, s, rows, 1, y, columns);
    }
  }
}
