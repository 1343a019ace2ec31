package dev.norma.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.norma.Batch;
import dev.norma.Norm;
import dev.norma.Norma;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Norms and gradients of vectors one after the other have the bits of those step by step. */
class OnePassTest {
  private static final int COUNT = 300;

  /** Lets some vectors leave the range in which sums are safe without scales. */
  private static double[] vectors(int length) {
    SplittableRandom random = new SplittableRandom(length);
    double[] x = new double[COUNT * length];
    for (int i = 0; i < x.length; i++) {
      int vector = i / length;
      double scale = vector % 7 == 0 ? 1e-200 : vector % 11 == 0 ? 1e200 : 1;
      x[i] = vector % 13 == 0 ? 0 : scale * random.nextDouble(-1, 1);
    }
    x[length - 1] = Double.NaN;
    x[2 * length - 1] = Double.POSITIVE_INFINITY;
    return x;
  }

  @Test
  void inPlaceWhereSumsAreRepeatedFirstAndElsewhereTheSame() {
    for (int length : new int[] {1, 5, 16, 40, 768, 5000}) {
      double[] x = vectors(length);
      for (Norm norm : List.of(Norm.L1, Norm.L2, Norm.SQUARED_L2)) {
        double[][] first = gradient("cpu-scalar", norm, x, length, true);
        for (String backend : List.of("cpu-scalar", "cpu-simd")) {
          for (boolean inPlace : new boolean[] {false, true}) {
            double[][] other = gradient(backend, norm, x, length, inPlace);
            String what = norm + " of " + length + ", " + backend + ", in place " + inPlace;
            assertArrayEquals(first[0], other[0], "norms, " + what);
            assertArrayEquals(first[1], other[1], "gradients, " + what);
          }
        }
      }
    }
  }

  private static double[][] gradient(
      String backend, Norm norm, double[] vectors, int length, boolean inPlace) {
    double[] x = vectors.clone();
    double[] out = inPlace ? x : new double[x.length];
    try (Norma norma = Norma.open(backend)) {
      Batch batch = Batch.rows(x, COUNT, length);
      double[] norms =
          norma.gradients().normsAndGradient(norm, batch, Batch.rows(out, COUNT, length));
      return new double[][] {norms, out};
    }
  }
}
