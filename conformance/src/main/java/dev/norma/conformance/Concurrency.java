package dev.norma.conformance;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Norm;
import dev.norma.Norma;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The number of threads, of the backend's and of its callers', changes no result. */
interface Concurrency extends Conformance {
  /** The property that says how many threads a backend has. */
  String THREADS = "norma.threads";

  /** So many elements are worth the work of three threads, and end within a chunk. */
  int LONG = 300_001;

  /** Around this, squares overflow and norms do not. */
  double LARGE = 1e300;

  /** Around this, squares vanish. */
  double SMALL = 1e-300;

  /** Opens the backend with so many threads. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  default void threads(int threads) {
    String before = System.setProperty(THREADS, Integer.toString(threads));
    try (Norma norma = Norma.open(backend())) {
      String what = threads + " threads";
      batches().forEach(batch -> compare(norma, batch, batch + ", " + what));
      longVectors().forEach(c -> c.use((batch, v) -> compare(norma, batch, c + ", " + what)));
    } finally {
      if (before == null) {
        System.clearProperty(THREADS);
      } else {
        System.setProperty(THREADS, before);
      }
    }
  }

  /** Calls the same backend from eight threads at once. */
  @Test
  default void callers() throws ExecutionException, InterruptedException {
    try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
      List<Future<?>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        calls.add(
            callers.submit(
                () -> batches().forEach(b -> compare(subject().norma(), b, b + ", 8 callers"))));
      }
      for (Future<?> call : calls) {
        call.get();
      }
    }
  }

  private void compare(Norma norma, Batch batch, String what) {
    for (Norm norm : List.of(Norm.L1, Norm.L2, Norm.LINF, Norm.lp(3))) {
      double[] expected = subject().peer().orElse(subject().norma()).norms(norm, batch);
      Bits.assertSame(expected, norma.norms(norm, batch), () -> "L" + norm + " of " + what);
    }
  }

  /** Some batches of a shape each that threads share in ways of their own. */
  private static List<Batch> batches() {
    Seeded random = new Seeded(8);
    double[] doubles = IntStream.range(0, 300_000).mapToDouble(i -> random.normal()).toArray();
    float[] floats = new float[doubles.length];
    IntStream.range(0, floats.length).forEach(i -> floats[i] = (float) doubles[i]);
    long[] offsets = IntStream.rangeClosed(0, 500).mapToLong(i -> (long) i * i).toArray();
    return List.of(
        Batch.of(doubles),
        Batch.rows(floats, 3, 100_000),
        Batch.rows(doubles, 3000, 100),
        Batch.columns(floats, 5000, 60),
        Batch.columns(doubles, 150_000, 2),
        Batch.ragged(doubles, offsets));
  }

  /** Vectors so long that threads share each: in many kinds of memory, and to be rescued. */
  private static List<Case> longVectors() {
    return List.of(
        longVectors(ElementType.F16, Memory.ARRAY, 1),
        longVectors(ElementType.F16, Memory.NATIVE_ODD, 1),
        longVectors(ElementType.F16, Memory.HEAP_BYTES, 1),
        longVectors(ElementType.BF16, Memory.MAPPED, 1),
        longVectors(ElementType.F32, Memory.HEAP_READ_ONLY, 1),
        longVectors(ElementType.F64, Memory.NATIVE, 1),
        longVectors(ElementType.F64, Memory.ARRAY, LARGE),
        longVectors(ElementType.F64, Memory.MAPPED, SMALL),
        longVectors(ElementType.F64, Memory.NATIVE_ODD, 1, LARGE, SMALL));
  }

  private static Case longVectors(ElementType type, Memory memory, double... factors) {
    String name = LONG + " times " + Arrays.toString(factors);
    return new Case(name, type, Placement.ROWS, memory, () -> longVectors(type, factors));
  }

  /** Returns a vector for each factor, of numbers around it. */
  private static double[][] longVectors(ElementType type, double... factors) {
    double[][] vectors = Family.NORMAL.vectors(type, factors.length, LONG, 9);
    for (int i = 0; i < factors.length; i++) {
      for (int j = 0; j < LONG; j++) {
        vectors[i][j] *= factors[i];
      }
    }
    return vectors;
  }
}
