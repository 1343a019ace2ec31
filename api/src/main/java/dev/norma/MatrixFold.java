package dev.norma;

import java.util.List;

/**
 * Folds the norms of the entries, the rows or the columns of matrices into norms of the matrices.
 */
final class MatrixFold implements Session.Sink {
  private final MatrixNorm.Part part;
  private final List<MatrixNorm> norms;
  private final List<Norm> inner;
  private final Batch vectors;
  private final long perMatrix;
  private final Values values;
  private final Scaled[] folded;

  /** Takes norm number n of one matrix. */
  interface Values {
    void set(int n, long matrix, double value);
  }

  /** Folds those of the norms that are made of this part of each matrix, into their values. */
  MatrixFold(MatrixNorm.Part part, List<MatrixNorm> norms, Matrices matrices, Values values) {
    this.part = part;
    this.norms = norms;
    this.values = values;
    this.inner = part.inner(norms);
    this.vectors = part.of(matrices);
    boolean empty = matrices.rows() == 0 || matrices.columns() == 0 || matrices.count() == 0;
    this.perMatrix = empty ? 0 : vectors.count() / matrices.count();
    this.folded = new Scaled[norms.size()];
    if (empty) {
      fillNeutral(matrices.count());
    }
  }

  private void fillNeutral(long matrices) {
    for (int n = 0; n < norms.size(); n++) {
      for (long i = 0; isMine(norms.get(n)) && i < matrices; i++) {
        values.set(n, i, norms.get(n).neutral().value());
      }
    }
  }

  private boolean isMine(MatrixNorm norm) {
    return norm.part() == part;
  }

  /** Returns the vector norms that are folded. */
  List<Norm> inner() {
    return perMatrix == 0 ? List.of() : inner;
  }

  /** Returns the vectors that they are computed of, those of the first matrix first. */
  Batch vectors() {
    return vectors;
  }

  @Override
  public void accept(int innerNorm, long firstVector, Reductions block) {
    block.finish(inner.get(innerNorm), (value, i) -> accept(innerNorm, firstVector + i, value));
  }

  private void accept(int innerNorm, long vector, Scaled value) {
    for (int n = 0; n < folded.length; n++) {
      if (isMine(norms.get(n)) && norms.get(n).inner().equals(inner.get(innerNorm))) {
        fold(n, vector, value);
      }
    }
  }

  private void fold(int n, long vector, Scaled value) {
    boolean first = vector % perMatrix == 0;
    Scaled before = first ? norms.get(n).neutral() : folded[n];
    folded[n] = norms.get(n).fold().apply(before, value);
    if ((vector + 1) % perMatrix == 0) {
      values.set(n, vector / perMatrix, folded[n].value());
    }
  }
}
