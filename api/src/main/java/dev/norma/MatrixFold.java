package dev.norma;

import java.util.Arrays;
import java.util.List;

/**
 * Folds the norms of the entries, the rows or the columns of matrices into norms of the matrices.
 */
final class MatrixFold implements Norma.Sink {
  private final List<MatrixNorm> all;
  private final List<MatrixNorm> norms;
  private final List<Norm> inner;
  private final Batch vectors;
  private final long perMatrix;
  private final Scaled[][] folded;

  /** Folds those of the given norms that are made of this part of each matrix. */
  MatrixFold(MatrixNorm.Part part, List<MatrixNorm> all, Matrices matrices) {
    this.all = all;
    this.norms = all.stream().filter(norm -> norm.part() == part).distinct().toList();
    this.inner = norms.stream().map(MatrixNorm::inner).distinct().toList();
    this.vectors = part.of(matrices);
    int count = (int) matrices.count();
    boolean empty = matrices.rows() == 0 || matrices.columns() == 0;
    this.perMatrix = empty || count == 0 ? 0 : vectors.count() / count;
    this.folded = new Scaled[norms.size()][count];
    for (int n = 0; n < norms.size(); n++) {
      Arrays.fill(folded[n], norms.get(n).neutral());
    }
  }

  /** Returns the vector norms that are folded. */
  List<Norm> inner() {
    return perMatrix == 0 ? List.of() : inner;
  }

  /** Returns the vectors that they are computed of. */
  Batch vectors() {
    return vectors;
  }

  @Override
  public void accept(int innerNorm, long vector, Scaled value) {
    int matrix = (int) (vector / perMatrix);
    for (int n = 0; n < norms.size(); n++) {
      if (norms.get(n).inner().equals(inner.get(innerNorm))) {
        folded[n][matrix] = norms.get(n).fold().apply(folded[n][matrix], value);
      }
    }
  }

  /** Writes the norms of the matrices to their places among all that were asked for. */
  void writeTo(double[][] values) {
    for (int i = 0; i < values.length; i++) {
      int n = norms.indexOf(all.get(i));
      for (int matrix = 0; n >= 0 && matrix < values[i].length; matrix++) {
        values[i][matrix] = folded[n][matrix].value();
      }
    }
  }
}
