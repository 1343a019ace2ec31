package dev.norma.cpu;

import static dev.norma.cpu.ChunkFold.LANES;

import dev.norma.ElementType;
import dev.norma.Elements;

/**
 * Rows of a matrix in a Java array: those of an array of the right type where they lie, all others
 * copied, some at a time. Used by one thread.
 */
final class MatrixRows {
  private final Elements elements;
  private final boolean inPlace;
  private final double[] doubles;
  private final float[] floats;
  private final ElementReader reader = new SimdElementReader();
  private long position;
  private long stride;
  private int width;

  /** Reads rows of at most so many elements. */
  MatrixRows(Elements elements, int widest) {
    this.elements = elements;
    boolean wide = elements.type() == ElementType.F64;
    inPlace = elements.array() instanceof double[] || elements.array() instanceof float[];
    int copy = ColumnReducer.MOST_AT_ONCE * widest;
    if (inPlace) {
      doubles = wide ? (double[]) elements.array() : null;
      floats = wide ? null : (float[]) elements.array();
    } else {
      doubles = wide ? new double[copy] : null;
      floats = wide ? null : new float[copy];
    }
  }

  /** Turns to the matrix whose first row starts at a position. */
  void moveTo(long firstRow, long rowStride, int columns) {
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
