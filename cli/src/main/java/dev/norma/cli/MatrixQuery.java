package dev.norma.cli;

import dev.norma.Matrices;
import dev.norma.MatrixNorm;
import dev.norma.NdArray;
import dev.norma.Norm;
import dev.norma.NormResults;
import dev.norma.Norma;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Norms of the matrices that two axes span. */
record MatrixQuery(List<String> ords, List<MatrixNorm> norms, Axis axis) implements Query {
  private static final String SCHATTEN = "schatten:";

  static MatrixQuery parse(List<String> words, Axis axis) {
    return new MatrixQuery(words, words.stream().map(MatrixQuery::norm).toList(), axis);
  }

  private static MatrixNorm norm(String word) {
    if (word.startsWith(SCHATTEN) && !positive(word.substring(SCHATTEN.length()))) {
      throw new IllegalArgumentException(
          "ord: '" + word + "' needs a number greater than 0, or inf, after the colon");
    }
    return MatrixNorm.parse(word);
  }

  private static boolean positive(String p) {
    try {
      Norm norm = Norm.parse(p);
      return norm.equals(Norm.LINF) || Double.parseDouble(p) > 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public int passes() {
    return Norma.matrixPasses(norms);
  }

  @Override
  public long count(NdArray array) {
    return matrices(array).count();
  }

  @Override
  public Results norms(Norma norma, NdArray array, LongAdder progress) {
    List<MatrixNorm> distinct = norms.stream().distinct().toList();
    NormResults<MatrixNorm> results = norma.matrixNorms(distinct, matrices(array), progress);
    return new Results(results.backend(), norms.stream().map(results::of).toList());
  }

  @Override
  public void gradient(Norma norma, NdArray array, MemorySegment out) {
    norma.gradients().gradient(norms.get(0), matrices(array), matrices(Query.like(array, out)));
  }

  private Matrices matrices(NdArray array) {
    return Matrices.along(array, axis.number(0, array), axis.number(1, array));
  }
}
