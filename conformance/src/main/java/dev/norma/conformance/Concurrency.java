package dev.norma.conformance;

import dev.norma.Batch;
import dev.norma.Norm;
import dev.norma.Norma;
import java.util.ArrayList;
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

  /** Opens the backend with so many threads. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  default void threads(int threads) {
    String before = System.setProperty(THREADS, Integer.toString(threads));
    try (Norma norma = Norma.open(backend())) {
      compare(norma, threads + " threads");
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
        calls.add(callers.submit(() -> compare(subject().norma(), "8 callers")));
      }
      for (Future<?> call : calls) {
        call.get();
      }
    }
  }

  private void compare(Norma norma, String what) {
    for (Batch batch : batches()) {
      for (Norm norm : List.of(Norm.L1, Norm.L2, Norm.LINF, Norm.lp(3))) {
        double[] expected = subject().peer().orElse(subject().norma()).norms(norm, batch);
        Bits.assertSame(
            expected, norma.norms(norm, batch), () -> "L" + norm + " of " + batch + ", " + what);
      }
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
}
