package dev.norma.benchmarks;

import dev.norma.Batch;
import dev.norma.Norm;
import dev.norma.Norma;
import java.util.ArrayList;
import java.util.List;

/** The L2 norm of each row of a matrix, in a call of its own. */
final class OneByOneComputation implements Computation {
  private final Norma norma;
  private final List<Batch> rows = new ArrayList<>();
  private final double[] out;

  OneByOneComputation(Norma norma, Matrix matrix) {
    this.norma = norma;
    for (int row = 0; row < matrix.rows(); row++) {
      rows.add(matrix.batch().slice(row, row + 1));
    }
    out = new double[rows.size()];
  }

  @Override
  public void run() {
    for (int i = 0; i < out.length; i++) {
      norma.norms(Norm.L2, rows.get(i), out, i);
    }
  }

  @Override
  public double[] results() {
    return out;
  }
}
