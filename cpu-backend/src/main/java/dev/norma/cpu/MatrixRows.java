package dev.norma.cpu;

import static dev.norma.cpu.ChunkFold.LANES;

import dev.norma.ElementType;
import dev.norma.Elements;

/**
 * Rows of a matrix in a Java array: those of an array of the right type where they lie, all others
 * copied, some at a time, and so those over the scales of their columns. Used by one thread.
 */
final class MatrixRows {
  private final Elements elements;
  private final boolean inPlace;
  private final double[] doubles;
  private final float[] floats;
  private final double[] factors;
  private final ElementReader reader = new SimdElementReader();
  private int firstFactor;
  private long position;
  private long stride;
  private int width;

  /** Reads rows of at most so many elements. */
  MatrixRows(Elements elements, int widest) {
    this(elements, widest, null);
  }

  /** Multiplies binary64 elements by the factors of their columns, where these are not null. */
  MatrixRows(Elements elements, int widest, double[] factors) {
    this.elements = elements;
    this.factors = factors;
    boolean wide = elements.type() == ElementType.F64;
    boolean array = elements.array() instanceof double[] || elements.array() instanceof float[];
    inPlace = array && factors == null;
    int copy = ColumnReducer.MOST_AT_ONCE * widest;
    if (inPlace) {
      doubles = wide ? (double[]) elements.array() : null;
      floats = wide ? null : (float[]) elements.array();
    } else {
      doubles = wide ? new double[copy] : null;
      floats = wide ? null : new float[copy];
    }
  }

  /** Turns to the matrix whose first row starts at a position, and its column has that factor. */
  void moveTo(long firstRow, long rowStride, int columns, int factor) {
    firstFactor = factor;
    position = firstRow;
    stride = rowStride;
    width = columns;
  }

  /** Makes the rows {@code row}, {@code row + 32}, … readable, the k-th from {@code at[k]} on. */
  void locate(int row, int n, int[] at) {
    for (int k = 0; k < n; k++) {
      long start = position + (row + (long) k * LANES) * stride;
      at[k] = inPlace ? (int) start : k * width;
      if (!inPlace) {
        copy(start, at[k]);
      }
    }
  }

  private void copy(long start, int at) {
    if (doubles != null) {
      reader.copyDoubles(elements, start, 1, width, doubles, at);
    } else {
      reader.copyFloats(elements, start, 1, width, floats, at);
    }
    for (int c = 0; factors != null && c < width; c++) {
      doubles[at + c] *= factors[firstFactor + c];
    }
  }

  /** Returns the array of binary64 numbers, null for the shorter types. */
  double[] doubles() {
    return doubles;
  }

  /** Returns the array of binary32 numbers, null for binary64. */
  float[] floats() {
    return floats;
  }
}
