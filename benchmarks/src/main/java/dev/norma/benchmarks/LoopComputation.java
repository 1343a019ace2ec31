package dev.norma.benchmarks;

import java.util.Arrays;

/** The L2 norm by the loop that one writes without a library, in binary64. */
final class LoopComputation implements Computation {
  private final Matrix matrix;
  private final double[] out;

  LoopComputation(Matrix matrix) {
    this.matrix = matrix;
    this.out = new double[matrix.count()];
  }

  @Override
  public void run() {
    boolean rows = matrix.shape().areRows();
    if (matrix.elements().array() instanceof double[] a) {
      if (rows) {
        rows(a);
      } else {
        columns(a);
      }
    } else {
      float[] a = (float[]) matrix.elements().array();
      if (rows) {
        rows(a);
      } else {
        columns(a);
      }
    }
  }

  private void rows(double[] a) {
    int width = matrix.shape().width();
    for (int row = 0; row < out.length; row++) {
      double sum = 0;
      for (int i = row * width; i < (row + 1) * width; i++) {
        sum += a[i] * a[i];
      }
      out[row] = Math.sqrt(sum);
    }
  }

  private void rows(float[] a) {
    int width = matrix.shape().width();
    for (int row = 0; row < out.length; row++) {
      double sum = 0;
      for (int i = row * width; i < (row + 1) * width; i++) {
        double x = a[i];
        sum += x * x;
      }
      out[row] = Math.sqrt(sum);
    }
  }

  private void columns(double[] a) {
    Arrays.fill(out, 0);
    for (int row = 0; row < matrix.rows(); row++) {
      int start = row * out.length;
      for (int column = 0; column < out.length; column++) {
        out[column] += a[start + column] * a[start + column];
      }
    }
    Arrays.setAll(out, column -> Math.sqrt(out[column]));
  }

  private void columns(float[] a) {
    Arrays.fill(out, 0);
    for (int row = 0; row < matrix.rows(); row++) {
      int start = row * out.length;
      for (int column = 0; column < out.length; column++) {
        double x = a[start + column];
        out[column] += x * x;
      }
    }
    Arrays.setAll(out, column -> Math.sqrt(out[column]));
  }

  @Override
  public double[] results() {
    return out;
  }
}
