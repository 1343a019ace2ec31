package dev.norma.residuals;

import dev.norma.Batch;
import dev.norma.Norm;
import dev.norma.Norma;

/** The residuals of some vectors, and what is made of them; used by one thread. */
final class Block {
  private final Norma norma;
  private final DenseMatrix matrix;
  private final Norm norm;
  private double[] norms;

  Block(Norma norma, DenseMatrix matrix, Norm norm) {
    this.norma = norma;
    this.matrix = matrix;
    this.norm = norm;
  }

  /** Computes the norms, of x − A x where b is null, and the gradients where out is not. */
  void run(Batch b, Batch x, Batch out) {
    int n = (int) x.count();
    double[] vectors = Rows.read(x, matrix.columns());
    double[] residuals = b == null ? vectors.clone() : Rows.read(b, matrix.rows());
    matrix.subtractProducts(n, vectors, residuals);
    Batch rows = Batch.rows(residuals, n, matrix.rows());
    if (out == null) {
      norms = norma.norms(norm, rows);
      return;
    }
    norms = norma.gradients().normsAndGradient(norm, rows, rows);
    double[] gradient = b == null ? residuals.clone() : new double[n * matrix.columns()];
    matrix.subtractAdjoints(n, residuals, gradient);
    Rows.write(gradient, out);
  }

  double[] norms() {
    return norms;
  }
}
