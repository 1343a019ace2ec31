package dev.norma.gpu;

import dev.norma.gpu.Device.Buffer;
import dev.norma.spi.Axes;
import dev.norma.spi.StridedLayout;
import java.util.Arrays;

/** Where operands of functions lie, as a table for the kernels: see operands.h. */
final class Places {
  private long[] table = new long[64];
  private int size;

  /**
   * The entries of the operands of one launch. Where there is no second, or nothing is written, it
   * is any entry.
   */
  record Entries(int x, int second, int out) {}

  /** Adds vectors of one length, and returns their entry. */
  int add(StridedLayout layout) {
    long corner = layout.start(0) - layout.vectors().offset(layout.first());
    return add(corner, layout.first(), layout.vectors(), layout.elements());
  }

  /** Adds vectors whose first one of all begins at an offset. */
  int add(long offset, long first, Axes vectors, Axes elements) {
    int entry = size;
    append(offset, first, rank(vectors), rank(elements));
    append(vectors.table());
    append(elements.table());
    return entry;
  }

  /** Adds vectors whose places are listed, from an offset on. */
  int addListed(long offset, Axes elements) {
    int entry = size;
    append(offset, 0, 0, rank(elements));
    append(elements.table());
    return entry;
  }

  /** A single position has an axis too, of size 1. */
  private static int rank(Axes axes) {
    return Math.max(1, axes.rank());
  }

  private void append(long... words) {
    if (size + words.length > table.length) {
      table = Arrays.copyOf(table, 2 * (size + words.length));
    }
    System.arraycopy(words, 0, table, size, words.length);
    size += words.length;
  }

  /** Copies the table to the device. */
  Buffer put(Workspace work) {
    return work.put("places", Arrays.copyOf(table, size));
  }
}
