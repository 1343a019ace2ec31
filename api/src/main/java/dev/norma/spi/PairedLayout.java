package dev.norma.spi;

/**
 * Where the elements of differences lie: those of the first vectors, with others beside them. No
 * vector is contiguous, as no memory holds it; positions are those of the first vectors.
 */
public final class PairedLayout implements Layout {
  private final Layout first;
  private final Layout second;

  /** Pairs layouts of as many vectors, of the same lengths. */
  public PairedLayout(Layout first, Layout second) {
    this.first = first;
    this.second = second;
  }

  /** Tells whether the vectors on both sides are contiguous. */
  public boolean bothContiguous() {
    return first.contiguous() && second.contiguous();
  }

  @Override
  public long count() {
    return first.count();
  }

  @Override
  public long length(long vector) {
    return first.length(vector);
  }

  @Override
  public long start(long vector) {
    return first.start(vector);
  }

  @Override
  public Axes elements(long vector) {
    return first.elements(vector);
  }

  @Override
  public long size() {
    return first.size();
  }

  @Override
  public Extent extent() {
    return first.extent();
  }

  @Override
  public Layout rebased(long origin) {
    throw new UnsupportedOperationException("differences of batches are not copied");
  }

  @Override
  public boolean contiguous() {
    return false;
  }

  @Override
  public Layout slice(long from, long to) {
    return new PairedLayout(first.slice(from, to), second.slice(from, to));
  }

  @Override
  public Layout select(long[] vectors) {
    return new PairedLayout(first.select(vectors), second.select(vectors));
  }

  @Override
  public String toString() {
    return "pairs of " + first + " and " + second;
  }
}
