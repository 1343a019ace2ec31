package dev.norma.spi;

/**
 * A sum of each vector as the unevaluated pair hi + lo. The arrays are written by a backend and
 * read by the façade; where hi is not finite, lo means nothing.
 */
public final class PairSums {
  private final double[] hi;
  private final double[] lo;

  /** Makes room for so many vectors, all zero. */
  public PairSums(int count) {
    hi = new double[count];
    lo = new double[count];
  }

  /** Returns the leading parts, one a vector. */
  public double[] hi() {
    return hi;
  }

  /** Returns the trailing parts, one a vector. */
  public double[] lo() {
    return lo;
  }
}
