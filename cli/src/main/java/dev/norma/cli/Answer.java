package dev.norma.cli;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The norms of one FILE and what they were computed of.
 *
 * @param file the path as typed
 * @param shape the shape of the file's array
 * @param dtype numpy's name for the file's element type
 * @param axes the axes counted from the front, none for the whole array
 * @param backend the backend that ran
 * @param ords the words for the norms as typed
 * @param norms the values of each norm, flattened in C order
 */
record Answer(
    String file,
    List<Long> shape,
    String dtype,
    List<Integer> axes,
    String backend,
    List<String> ords,
    List<double[]> norms) {

  /** Returns the shape that numpy gives the norms: that of the file without the axes. */
  long[] resultShape() {
    return IntStream.range(0, shape.size())
        .filter(axis -> !axes.isEmpty() && !axes.contains(axis))
        .mapToLong(shape::get)
        .toArray();
  }

  /** Returns the number of values of each norm. */
  int count() {
    return norms.get(0).length;
  }
}
