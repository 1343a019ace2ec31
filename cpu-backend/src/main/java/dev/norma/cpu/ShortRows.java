package dev.norma.cpu;

import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.spi.Plan;

/**
 * Reduces rows that are too short to fill vectors: some are transposed into an array in cache, and
 * then reduced as columns, a vector of rows at a time. Used by one thread.
 */
final class ShortRows {
  /** Rows of more elements than this are reduced one by one. */
  static final int LONGEST = 32;

  /** Fewer rows than this are not worth the transposition. */
  static final int FEWEST = 8;

  /** So many rows at a time: the transposed rows and their sums stay in the first-level cache. */
  private static final int ROWS = 64;

  private final Elements elements;
  private final ElementReader reader = new SimdElementReader();
  private final MatrixRows transposed;
  private final ColumnReducer reducer;
  private final double[] row64;
  private final float[] row32;

  ShortRows(Plan plan) {
    elements = plan.batch().elements();
    boolean wide = elements.type() == ElementType.F64;
    row64 = wide ? new double[LONGEST * ROWS] : null;
    row32 = wide ? null : new float[LONGEST * ROWS];
    int size = LONGEST * ROWS;
    transposed =
        new MatrixRows(wide ? Elements.of(new double[size]) : Elements.of(new float[size]), ROWS);
    reducer = new ColumnReducer(plan, transposed, LONGEST, ROWS);
  }

  /** Reduces rows of n elements, each {@code stride} behind the one before. */
  void reduce(long position, long stride, int rows, int n, double[][] hi, double[][] lo, int out) {
    for (int from = 0; from < rows; from += ROWS) {
      int count = Math.min(ROWS, rows - from);
      transpose(position + from * stride, stride, count, n);
      transposed.moveTo(0, ROWS, count, 0);
      reducer.reduce(n, count);
      reducer.copyTo(hi, lo, out + from, count);
    }
  }

  private void transpose(long position, long stride, int rows, int n) {
    if (elements.array() instanceof double[] array) {
      transpose(array, (int) position, (int) stride, rows, n);
    } else if (elements.array() instanceof float[] array) {
      transpose(array, (int) position, (int) stride, rows, n);
    } else if (row64 != null) {
      for (int row = 0; row < rows; row++) {
        reader.copyDoubles(elements, position + row * stride, 1, n, row64, row * n);
      }
      transpose(row64, 0, n, rows, n);
    } else {
      for (int row = 0; row < rows; row++) {
        reader.copyFloats(elements, position + row * stride, 1, n, row32, row * n);
      }
      transpose(row32, 0, n, rows, n);
    }
  }

  private void transpose(double[] a, int offset, int stride, int rows, int n) {
    double[] to = transposed.doubles();
    for (int row = 0; row < rows; row++) {
      int base = offset + row * stride;
      for (int i = 0; i < n; i++) {
        to[i * ROWS + row] = a[base + i];
      }
    }
  }

  private void transpose(float[] a, int offset, int stride, int rows, int n) {
    float[] to = transposed.floats();
    for (int row = 0; row < rows; row++) {
      int base = offset + row * stride;
      for (int i = 0; i < n; i++) {
        to[i * ROWS + row] = a[base + i];
      }
    }
  }
}
