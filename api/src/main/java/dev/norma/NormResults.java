package dev.norma;

import java.util.List;

/**
 * Several norms of one batch.
 *
 * @param <N> {@link Norm} or {@link MatrixNorm}
 */
public final class NormResults<N> {
  private final String backend;
  private final List<N> norms;
  private final double[][] values;

  NormResults(String backend, List<N> norms, double[][] values) {
    this.backend = backend;
    this.norms = norms;
    this.values = values;
  }

  /** Returns the name of the backend that computed them, of several with + between them. */
  public String backend() {
    return backend;
  }

  /** Returns the norms in the order in which they were asked for. */
  public List<N> norms() {
    return norms;
  }

  /**
   * Returns the values of a norm, one a vector or matrix; the array is the caller's.
   *
   * @throws IllegalArgumentException if this norm was not asked for
   */
  public double[] of(N norm) {
    int index = norms.indexOf(norm);
    if (index < 0) {
      throw new IllegalArgumentException("norm: " + norm + " is none of " + norms);
    }
    return values[index];
  }
}
