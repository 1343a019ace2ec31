package dev.norma.cli;

import dev.norma.Elements;
import dev.norma.NdArray;
import dev.norma.Norma;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** What is asked of every FILE: some norms of its vectors or of its matrices. Immutable. */
sealed interface Query permits VectorQuery, MatrixQuery {
  /**
   * Reads the words of a call.
   *
   * @param ords words with commas between them, or null for the default norm
   * @param axis the word for the axes
   * @throws IllegalArgumentException if a word is unknown, or is no norm over so many axes
   */
  static Query parse(String ords, String axis) {
    Axis axes = Axis.parse(axis);
    if (axes.ofMatrices()) {
      return MatrixQuery.parse(words(ords == null ? "fro" : ords), axes);
    }
    return VectorQuery.parse(words(ords == null ? "2" : ords), axes);
  }

  private static List<String> words(String ords) {
    return List.of(ords.split(",", -1));
  }

  /**
   * What was computed of one array.
   *
   * @param backend the backend that ran
   * @param values an array for each of {@link Query#ords()}
   */
  record Results(String backend, List<double[]> values) {}

  /** Returns the words for the norms as typed. */
  List<String> ords();

  /** Returns the axes that the norms run along. */
  Axis axis();

  /** Returns how often the computation passes over the elements, rescued vectors not counted. */
  int passes();

  /**
   * Returns how many vectors or matrices an array has.
   *
   * @throws IllegalArgumentException if it does not have these axes
   */
  long count(NdArray array);

  /**
   * Computes the norms.
   *
   * @throws IllegalArgumentException if the array does not have these axes, or there are too many
   *     results
   */
  Results norms(Norma norma, NdArray array, LongAdder progress);

  /**
   * Computes the gradient of the sum of the first norm, of all vectors or matrices.
   *
   * @param out as many elements as the array has, in the same order in memory, to be written
   * @throws IllegalArgumentException if the array does not have these axes
   */
  void gradient(Norma norma, NdArray array, MemorySegment out);

  /** Views elements as an array is viewed. */
  static NdArray like(NdArray array, MemorySegment elements) {
    return NdArray.strided(
        Elements.of(elements, array.elements().type()),
        array.offset(),
        array.shape(),
        array.strides());
  }
}
