package dev.norma.spi;

import java.util.Arrays;

/** Vectors of any lengths, one behind the other: vector i is [offsets[i], offsets[i + 1]). */
public final class RaggedLayout implements Layout {
  private final long[] offsets;
  private final int first;
  private final int count;
  private final boolean own;

  /** Lays out {@code offsets.length - 1} vectors; the array stays the caller's. */
  public RaggedLayout(long[] offsets) {
    this(offsets, 0, offsets.length - 1, false);
  }

  private RaggedLayout(long[] offsets, int first, int count, boolean own) {
    this.offsets = offsets;
    this.first = first;
    this.count = count;
    this.own = own;
  }

  /** Tells whether the offsets are a copy, which nobody changes. */
  public boolean ownsOffsets() {
    return own;
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public long length(long vector) {
    int i = first + (int) vector;
    return offsets[i + 1] - offsets[i];
  }

  @Override
  public long start(long vector) {
    return offsets[first + (int) vector];
  }

  @Override
  public Axes elements(long vector) {
    return new Axes(new long[] {length(vector)}, new long[] {1});
  }

  @Override
  public long size() {
    return offsets[first + count] - offsets[first];
  }

  @Override
  public Extent extent() {
    return size() == 0 ? Extent.NONE : new Extent(offsets[first], offsets[first + count]);
  }

  /** {@inheritDoc} The offsets are copied. */
  @Override
  public RaggedLayout rebased(long origin) {
    long[] moved = Arrays.copyOfRange(offsets, first, first + count + 1);
    Arrays.setAll(moved, i -> moved[i] - origin);
    return new RaggedLayout(moved, 0, count, true);
  }

  @Override
  public boolean contiguous() {
    return true;
  }

  @Override
  public RaggedLayout slice(long from, long to) {
    return new RaggedLayout(offsets, first + (int) from, (int) (to - from), own);
  }

  /** Layouts of the same vectors by the same array are equal; what it holds is not compared. */
  @Override
  @SuppressWarnings("ReferenceEquality") // comparing what the arrays hold would take long
  public boolean equals(Object other) {
    return other instanceof RaggedLayout layout
        && layout.offsets == offsets
        && layout.first == first
        && layout.count == count;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * System.identityHashCode(offsets) + first) + count;
  }

  @Override
  public String toString() {
    return count + " ragged vectors";
  }
}
