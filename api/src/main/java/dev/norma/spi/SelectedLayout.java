package dev.norma.spi;

import java.util.Arrays;

/** Some vectors of another layout, by number. */
public final class SelectedLayout implements Layout {
  private final Layout base;
  private final long[] vectors;

  SelectedLayout(Layout base, long[] vectors) {
    this.base = base;
    this.vectors = vectors;
  }

  @Override
  public long count() {
    return vectors.length;
  }

  @Override
  public long length(long vector) {
    return base.length(vectors[(int) vector]);
  }

  @Override
  public long start(long vector) {
    return base.start(vectors[(int) vector]);
  }

  @Override
  public Axes elements(long vector) {
    return base.elements(vectors[(int) vector]);
  }

  @Override
  public long size() {
    return Arrays.stream(vectors).map(base::length).sum();
  }

  @Override
  public Extent extent() {
    return Arrays.stream(vectors)
        .filter(vector -> base.length(vector) > 0)
        .mapToObj(vector -> base.slice(vector, vector + 1).extent())
        .reduce(Extent::hull)
        .orElse(Extent.NONE);
  }

  @Override
  public SelectedLayout rebased(long origin) {
    return new SelectedLayout(base.rebased(origin), vectors);
  }

  @Override
  public boolean contiguous() {
    return base.contiguous();
  }

  @Override
  public SelectedLayout slice(long from, long to) {
    return new SelectedLayout(base, Arrays.copyOfRange(vectors, (int) from, (int) to));
  }

  @Override
  public String toString() {
    return vectors.length + " selected of " + base;
  }
}
