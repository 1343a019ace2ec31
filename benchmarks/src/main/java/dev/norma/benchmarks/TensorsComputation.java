package dev.norma.benchmarks;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.Norm;
import dev.norma.Norma;
import dev.norma.TensorList;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** The L2 norm over each of many lists of tensors of 1000 elements, in arrays of their own. */
final class TensorsComputation implements Computation {
  private static final int LENGTH = 1000;

  private final Norma norma;
  private final List<TensorList> lists = new ArrayList<>();
  private final double[] out;

  /** Makes a list of each row of a matrix, of which it copies the elements. */
  TensorsComputation(Norma norma, Matrix matrix) {
    this.norma = norma;
    for (int row = 0; row < matrix.rows(); row++) {
      lists.add(tensors(matrix.elements(), (long) row * matrix.shape().width(), matrix.shape()));
    }
    out = new double[lists.size()];
  }

  private static TensorList tensors(Elements from, long start, Shape shape) {
    int bytes = from.type().bytes();
    List<Batch> tensors = new ArrayList<>();
    for (int at = 0; at < shape.width(); at += LENGTH) {
      Elements tensor =
          from.type() == ElementType.F64
              ? Elements.of(new double[LENGTH])
              : Elements.of(new float[LENGTH]);
      MemorySegment.copy(
          from.segment(), (start + at) * bytes, tensor.segment(), 0, (long) LENGTH * bytes);
      tensors.add(Batch.of(tensor));
    }
    return TensorList.of(tensors);
  }

  @Override
  public void run() {
    for (int i = 0; i < out.length; i++) {
      out[i] = norma.tensors().norm(Norm.L2, lists.get(i));
    }
  }

  @Override
  public double[] results() {
    return out;
  }
}
