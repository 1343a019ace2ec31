package dev.norma.benchmarks;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Norms by ND4J, in an array that it allocates, as its users do. The elements are copied to native
 * memory once, where ND4J needs them.
 */
final class Nd4jComputation implements Computation {
  private final MeasuredNorm norm;
  private final int axis;
  private final INDArray matrix;
  private INDArray out;

  /** Also sets the number of threads, of ND4J as a whole: OpenMP's, and its own limits. */
  Nd4jComputation(MeasuredNorm norm, Matrix matrix, int threads) {
    this.norm = norm;
    this.axis = matrix.shape().areRows() ? 1 : 0;
    this.matrix = copy(matrix.elements().array()).reshape(matrix.rows(), matrix.shape().width());
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
    Nd4j.getEnvironment().setMaxThreads(threads);
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
  }

  private static INDArray copy(Object array) {
    return array instanceof double[] doubles
        ? Nd4j.createFromArray(doubles)
        : Nd4j.createFromArray((float[]) array);
  }

  @Override
  public void run() {
    if (out != null) {
      out.close();
    }
    out =
        switch (norm) {
          case L1 -> matrix.norm1(axis);
          case L2 -> matrix.norm2(axis);
          case LINF -> matrix.normmax(axis);
          default -> throw new IllegalArgumentException("norm: " + norm + " is not measured");
        };
  }

  @Override
  public double[] results() {
    return out.toDoubleVector();
  }

  @Override
  public void close() {
    if (out != null) {
      out.close();
    }
    matrix.close();
  }
}
