package dev.norma.spi;

import java.util.Arrays;

/**
 * Some dimensions of a strided view, flattened: the last one moves fastest. Dimensions of size one
 * are dropped and neighbours that lie evenly in memory are merged, so that the rank says how
 * irregular the memory really is. Immutable.
 */
public final class Axes {
  private final long[] sizes;
  private final long[] strides;
  private final long size;

  /**
   * Flattens dimensions of the given sizes and strides, in elements; neither array is kept.
   *
   * @throws IllegalArgumentException if the arrays differ in length
   */
  public Axes(long[] sizes, long[] strides) {
    if (sizes.length != strides.length) {
      throw new IllegalArgumentException(
          "strides: " + strides.length + " given for " + sizes.length + " dimensions");
    }
    long[] mergedSizes = new long[sizes.length];
    long[] mergedStrides = new long[sizes.length];
    int rank = 0;
    long product = 1;
    for (int i = 0; i < sizes.length; i++) {
      product *= sizes[i];
      if (sizes[i] == 1) {
        continue;
      }
      if (rank > 0 && mergedStrides[rank - 1] == sizes[i] * strides[i]) {
        mergedSizes[rank - 1] *= sizes[i];
        mergedStrides[rank - 1] = strides[i];
      } else {
        mergedSizes[rank] = sizes[i];
        mergedStrides[rank++] = strides[i];
      }
    }
    this.sizes = Arrays.copyOf(mergedSizes, rank);
    this.strides = Arrays.copyOf(mergedStrides, rank);
    this.size = product;
  }

  /** Returns the number of positions: the product of the sizes. */
  public long size() {
    return size;
  }

  /** Returns the number of dimensions left after merging; 0 for a single position. */
  public int rank() {
    return sizes.length;
  }

  /** Returns the size of the fastest dimension, 1 for a single position. */
  public long innerSize() {
    return sizes.length == 0 ? 1 : sizes[sizes.length - 1];
  }

  /** Returns the stride of the fastest dimension in elements, 1 for a single position. */
  public long innerStride() {
    return sizes.length == 0 ? 1 : strides[strides.length - 1];
  }

  /** Returns the sizes, then the strides, of the dimensions left; for one position 1 and 1. */
  public long[] table() {
    if (sizes.length == 0) {
      return new long[] {1, 1};
    }
    long[] table = Arrays.copyOf(sizes, 2 * sizes.length);
    System.arraycopy(strides, 0, table, sizes.length, strides.length);
    return table;
  }

  /** Returns how far position {@code index} lies from position 0, in elements. */
  public long offset(long index) {
    long rest = index;
    long offset = 0;
    for (int i = sizes.length - 1; i > 0; i--) {
      offset += rest % sizes[i] * strides[i];
      rest /= sizes[i];
    }
    return sizes.length == 0 ? 0 : offset + rest * strides[0];
  }

  /**
   * Returns the range of the offsets of positions {@code from} (inclusive) to {@code to}
   * (exclusive), of which there is at least one.
   */
  Extent extent(long from, long to) {
    return extent(0, size, from, to - 1);
  }

  /** Bounds the positions first to last of the axes from one on, which have so many positions. */
  private Extent extent(int axis, long positions, long first, long last) {
    if (first == 0 && last == positions - 1) {
      return whole(axis);
    }
    long block = positions / sizes[axis];
    long start = first / block;
    long end = last / block;
    long endOfStart = start == end ? last % block : block - 1;
    Extent hull = extent(axis + 1, block, first % block, endOfStart).plus(start * strides[axis]);
    if (end > start) {
      hull = hull.hull(extent(axis + 1, block, 0, last % block).plus(end * strides[axis]));
    }
    if (end > start + 1) {
      Extent between = whole(axis + 1);
      hull = hull.hull(between.plus((start + 1) * strides[axis]));
      hull = hull.hull(between.plus((end - 1) * strides[axis]));
    }
    return hull;
  }

  private Extent whole(int axis) {
    long lowest = 0;
    long highest = 0;
    for (int i = axis; i < sizes.length; i++) {
      long reach = (sizes[i] - 1) * strides[i];
      lowest += Math.min(0, reach);
      highest += Math.max(0, reach);
    }
    return new Extent(lowest, highest + 1);
  }

  /** Tells whether all positions follow each other in memory without a gap. */
  public boolean contiguous() {
    return rank() <= 1 && innerStride() == 1;
  }

  @Override
  public String toString() {
    return Arrays.toString(sizes) + " by " + Arrays.toString(strides);
  }
}
