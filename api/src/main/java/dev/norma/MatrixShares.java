package dev.norma;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the derivative of a matrix norm is by the norm of each of the vectors that the matrix is
 * taken apart into.
 */
final class MatrixShares {
  private MatrixShares() {}

  /**
   * Returns for each vector the upstream factor of its matrix where the norms of all are summed;
   * where the largest or smallest is taken, that factor is shared by those that are, and the others
   * have none.
   */
  static double[] of(MatrixNorm norm, Batch vectors, double[] upstream, Session session) {
    if (norm.takesExtreme()) {
      return ofExtremes(norm, vectors, upstream, session, new double[upstream.length]);
    }
    double[] shares = new double[Places.arrayLength(vectors.count())];
    int perMatrix = shares.length / upstream.length;
    for (int i = 0; i < shares.length; i++) {
      shares[i] = upstream[i / perMatrix];
    }
    return shares;
  }

  /**
   * Returns those of vectors of which the largest or smallest is taken.
   *
   * @param norms where that is written, for each matrix
   */
  static double[] ofExtremes(
      MatrixNorm norm, Batch vectors, double[] upstream, Session session, double[] norms) {
    double[] shares = new double[Places.arrayLength(vectors.count())];
    int perMatrix = shares.length / upstream.length;
    session.run(
        List.of(norm.inner()),
        vectors,
        new LongAdder(),
        (n, first, block) -> {
          double[] values = block.values(norm.inner());
          System.arraycopy(values, 0, shares, (int) first, values.length);
        });
    for (int matrix = 0; matrix < upstream.length; matrix++) {
      int from = matrix * perMatrix;
      norms[matrix] = share(norm, shares, from, from + perMatrix, upstream[matrix]);
    }
    return shares;
  }

  /** Puts shares in the place of the norms, and returns that of which they are. */
  private static double share(MatrixNorm norm, double[] norms, int from, int to, double factor) {
    Scaled folded = norm.neutral();
    for (int i = from; i < to; i++) {
      folded = norm.fold().apply(folded, Scaled.of(norms[i]));
    }
    double extreme = folded.value();
    int ties = 0;
    for (int i = from; i < to; i++) {
      ties += norms[i] == extreme ? 1 : 0;
    }
    for (int i = from; i < to; i++) {
      if (Double.isNaN(extreme)) {
        norms[i] = Double.NaN;
      } else {
        norms[i] = norms[i] == extreme ? factor / ties : 0;
      }
    }
    return extreme;
  }
}
