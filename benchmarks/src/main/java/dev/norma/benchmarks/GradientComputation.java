package dev.norma.benchmarks;

import dev.norma.Norm;
import dev.norma.Norma;

/** Norms and gradients by this library, in one call. */
final class GradientComputation implements Computation {
  private final Norma norma;
  private final Norm norm;
  private final Matrix matrix;
  private final Matrix target;
  private double[] norms;

  GradientComputation(Norma norma, MeasuredNorm norm, Matrix matrix, Matrix target) {
    this.norma = norma;
    this.norm = norm.norm();
    this.matrix = matrix;
    this.target = target;
  }

  @Override
  public void run() {
    norms = norma.gradients().normsAndGradient(norm, matrix.batch(), target.batch());
  }

  @Override
  public double[] results() {
    return norms;
  }
}
