package dev.norma.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.norma.Batch;
import dev.norma.DeviceBatch;
import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.NdArray;
import dev.norma.Norm;
import dev.norma.NormResults;
import dev.norma.Norma;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Rows about as long as those of the kernel for short ones, which begin anywhere, touch, overlap or
 * lie apart: their norms have the bits of {@code cpu-scalar}.
 */
public final class ShortRows {
  /** Two more than two groups take at once, or four. */
  private static final int ROWS = 130;

  /** So many that a group takes more than one for each work-item. */
  private static final int MANY_ROWS = 70_000;

  /** Squares of such numbers are nothing. */
  private static final double TINY = 1e-200;

  private static final List<Norm> NORMS =
      List.of(Norm.L0, Norm.L1, Norm.L2, Norm.LINF, Norm.NEG_INF, Norm.lp(3.5));

  private ShortRows() {}

  /** Checks the norms that a device computes of rows in its memory. */
  public static void check(String device) {
    try (Norma scalar = Norma.open("cpu-scalar");
        Norma norma = Norma.open(device)) {
      for (ElementType type : ElementType.values()) {
        check(scalar, numbers(type, 1), norma);
      }
      check(scalar, numbers(ElementType.F64, TINY), norma);
    }
  }

  private static Elements numbers(ElementType type, double scale) {
    int length = 5 * MANY_ROWS + 7;
    Elements numbers = Elements.of(MemorySegment.ofArray(new byte[length * type.bytes()]), type);
    double[] random = new Random(31).doubles(length, -1, 1).toArray();
    IntStream.range(0, length).forEach(i -> numbers.set(i, random[i] * scale));
    IntStream.iterate(0, i -> i < length, i -> i + 1009).forEach(i -> numbers.set(i, Double.NaN));
    IntStream.iterate(0, i -> i < length, i -> i + 1013).forEach(i -> numbers.set(i, 0));
    return numbers;
  }

  private static void check(Norma scalar, Elements elements, Norma norma) {
    try (DeviceBatch uploaded = norma.upload(Batch.of(elements))) {
      check(scalar, elements, norma, uploaded.elements());
      for (int length : new int[] {2, 5}) {
        check(
            scalar, Batch.rows(elements, 5, MANY_ROWS, length, length),
            norma, Batch.rows(uploaded.elements(), 5, MANY_ROWS, length, length));
      }
    }
  }

  private static void check(Norma scalar, Elements host, Norma norma, Elements device) {
    IntStream.concat(
            IntStream.rangeClosed(0, 34),
            IntStream.of(37, 48, 63, 64, 65, 96, 127, 128, 129, 255, 256, 257))
        .forEach(
            length -> {
              for (int step : new int[] {length, length + 1, length + 4, length / 2, 0, -length}) {
                int last = step < 0 ? -step * ROWS : 0;
                // The last row, where rows do not go backwards, ends where memory does.
                int first = (int) host.length() - Math.max(0, step) * (ROWS - 1) - length;
                for (int offset : new int[] {last, last + 1, last + 3, first}) {
                  check(
                      scalar, rows(host, offset, length, step),
                      norma, rows(device, offset, length, step));
                }
              }
            });
  }

  private static Batch rows(Elements elements, int offset, int length, int step) {
    long[] shape = {ROWS, length};
    return Batch.along(NdArray.strided(elements, offset, shape, new long[] {step, 1}), 1);
  }

  private static void check(Norma scalar, Batch expected, Norma norma, Batch actual) {
    NormResults<Norm> together = norma.norms(NORMS, actual);
    for (Norm norm : NORMS) {
      double[] norms = scalar.norms(norm, expected);
      assertArrayEquals(norms, norma.norms(norm, actual), norm + " of " + expected);
      assertArrayEquals(norms, together.of(norm), norm + " with others, of " + expected);
    }
  }
}
