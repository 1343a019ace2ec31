package dev.norma.spi;

/**
 * Where the elements of each vector of a batch lie. Positions count in elements of the memory; the
 * façade has checked that all of them are inside of it. Immutable, but for a ragged layout, which
 * reads the caller's offsets.
 */
public sealed interface Layout permits StridedLayout, RaggedLayout, SelectedLayout, PairedLayout {
  /** Returns the number of vectors. */
  long count();

  /** Returns the number of elements of a vector. */
  long length(long vector);

  /** Returns the position of a vector's first element. */
  long start(long vector);

  /** Returns how the elements of a vector follow each other, seen from its start. */
  Axes elements(long vector);

  /** Returns the number of elements of all vectors together. */
  long size();

  /** Returns the range of positions from the first element in memory to the last one. */
  Extent extent();

  /** Returns the same vectors in memory that begins at what is position {@code origin} here. */
  Layout rebased(long origin);

  /** Tells whether in every vector each element is the neighbour of the one before. */
  boolean contiguous();

  /** Returns the vectors {@code from} (inclusive) to {@code to} (exclusive). */
  Layout slice(long from, long to);

  /** Returns the vectors with the given numbers, in that order. */
  default Layout select(long[] vectors) {
    return new SelectedLayout(this, vectors);
  }
}
