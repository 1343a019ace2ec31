package dev.norma.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.norma.Batch;
import dev.norma.DeviceBatch;
import dev.norma.Elements;
import dev.norma.NdArray;
import dev.norma.Norm;
import dev.norma.Norma;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Rows about as long as those of the kernel for short ones, which begin anywhere, touch, overlap or
 * lie apart: their norms have the bits of {@code cpu-scalar}.
 */
public final class ShortRows {
  private static final int ROWS = 21;
  private static final List<Norm> NORMS =
      List.of(Norm.L0, Norm.L1, Norm.L2, Norm.LINF, Norm.NEG_INF);

  private ShortRows() {}

  /** Checks the norms that a device computes of rows in its memory. */
  public static void check(String device) {
    double[] doubles = new Random(31).doubles(ROWS * 300, -1, 1).toArray();
    float[] floats = new float[doubles.length];
    IntStream.range(0, floats.length).forEach(i -> floats[i] = (float) doubles[i]);
    try (Norma scalar = Norma.open("cpu-scalar");
        Norma norma = Norma.open(device)) {
      for (Elements elements : List.of(Elements.of(doubles), Elements.of(floats))) {
        try (DeviceBatch uploaded = norma.upload(Batch.of(elements))) {
          check(scalar, elements, norma, uploaded.elements());
        }
      }
    }
  }

  private static void check(Norma scalar, Elements host, Norma norma, Elements device) {
    IntStream.concat(IntStream.rangeClosed(0, 34), IntStream.of(63, 64, 65, 255, 256, 257))
        .forEach(
            length -> {
              for (int step : new int[] {length, length + 1, length + 4, length / 2, 0, -length}) {
                int last = step < 0 ? -step * ROWS : 0;
                for (int offset : new int[] {last, last + 3}) {
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
    for (Norm norm : NORMS) {
      assertArrayEquals(
          scalar.norms(norm, expected), norma.norms(norm, actual), norm + " of " + expected);
    }
  }
}
