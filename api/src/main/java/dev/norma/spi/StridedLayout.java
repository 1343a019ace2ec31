package dev.norma.spi;

/** Vectors of one length at regular places: rows, columns, any axes of a strided array. */
public final class StridedLayout implements Layout {
  private final long offset;
  private final Axes vectors;
  private final Axes elements;
  private final long first;
  private final long count;

  /**
   * Lays out one vector for each position of {@code vectors}, with an element for each position of
   * {@code elements}.
   */
  public StridedLayout(long offset, Axes vectors, Axes elements) {
    this(offset, vectors, elements, 0, vectors.size());
  }

  private StridedLayout(long offset, Axes vectors, Axes elements, long first, long count) {
    this.offset = offset;
    this.vectors = vectors;
    this.elements = elements;
    this.first = first;
    this.count = count;
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public long length(long vector) {
    return elements.size();
  }

  @Override
  public long start(long vector) {
    return offset + vectors.offset(first + vector);
  }

  @Override
  public Axes elements(long vector) {
    return elements;
  }

  /** Returns how the elements of each vector follow each other. */
  public Axes elements() {
    return elements;
  }

  /** Returns how the first elements of the vectors follow each other, before any slicing. */
  public Axes vectors() {
    return vectors;
  }

  /** Returns the number that this layout's first vector has in {@link #vectors()}. */
  public long first() {
    return first;
  }

  @Override
  public long size() {
    return count * elements.size();
  }

  @Override
  public Extent extent() {
    if (size() == 0) {
      return Extent.NONE;
    }
    Extent starts = vectors.extent(first, first + count);
    Extent within = elements.extent(0, elements.size());
    return new Extent(starts.from() + within.from(), starts.to() + within.to() - 1).plus(offset);
  }

  @Override
  public StridedLayout rebased(long origin) {
    return new StridedLayout(offset - origin, vectors, elements, first, count);
  }

  @Override
  public boolean contiguous() {
    return elements.contiguous();
  }

  @Override
  public StridedLayout slice(long from, long to) {
    return new StridedLayout(offset, vectors, elements, first + from, to - from);
  }

  @Override
  public String toString() {
    return "vectors " + vectors + ", elements " + elements + ", offset " + offset;
  }
}
