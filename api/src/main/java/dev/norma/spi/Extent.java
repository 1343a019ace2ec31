package dev.norma.spi;

/**
 * A range of positions in memory, counted in elements.
 *
 * @param from the first position
 * @param to the one after the last; equal to {@code from} where there is none
 */
public record Extent(long from, long to) {
  /** No position at all. */
  public static final Extent NONE = new Extent(0, 0);

  /** Returns the number of positions. */
  public long length() {
    return to - from;
  }

  /** Returns the range moved up by so many positions. */
  Extent plus(long by) {
    return new Extent(from + by, to + by);
  }

  /** Returns the smallest range that both lie in; neither is empty. */
  Extent hull(Extent other) {
    return new Extent(Math.min(from, other.from), Math.max(to, other.to));
  }
}
