package dev.norma.cli;

import dev.norma.Batch;
import dev.norma.NdArray;
import dev.norma.Norm;
import dev.norma.NormResults;
import dev.norma.Norma;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Norms of a whole array as one vector, or of the vectors along one axis. */
record VectorQuery(List<String> ords, List<Norm> norms, Axis axis) implements Query {
  static VectorQuery parse(List<String> words, Axis axis) {
    return new VectorQuery(words, words.stream().map(VectorQuery::norm).toList(), axis);
  }

  private static Norm norm(String word) {
    if (word.matches("fro|nuc|max|sum|l21|schatten:.*")) {
      throw new IllegalArgumentException(
          "ord: '" + word + "' is a norm of matrices and needs two axes, such as --axis 0,1");
    }
    return Norm.parse(word);
  }

  @Override
  public int passes() {
    return Norma.passes(norms);
  }

  @Override
  public long count(NdArray array) {
    return vectors(array).count();
  }

  @Override
  public Results norms(Norma norma, NdArray array, LongAdder progress) {
    List<Norm> distinct = norms.stream().distinct().toList();
    NormResults<Norm> results = norma.norms(distinct, vectors(array), progress);
    return new Results(results.backend(), norms.stream().map(results::of).toList());
  }

  @Override
  public void gradient(Norma norma, NdArray array, MemorySegment out) {
    norma.gradients().gradient(norms.get(0), vectors(array), vectors(Query.like(array, out)));
  }

  private Batch vectors(NdArray array) {
    return axis.numbers().isEmpty()
        ? Batch.whole(array)
        : Batch.along(array, axis.number(0, array));
  }
}
