package dev.norma.conformance;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Into;
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

/** The number of threads, and of vectors, changes no derivative. */
interface GradientConcurrency extends Conformance {
  /** Norms with each kind of function. */
  List<Norm> KINDS = List.of(Norm.L1, Norm.L2, Norm.LINF, Norm.lp(3));

  /** Opens the backend with so many threads. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  default void derivativesByThreads(int threads) {
    String before = System.setProperty(Concurrency.THREADS, Integer.toString(threads));
    try (Norma norma = Norma.open(backend())) {
      Subject subject = new Subject(norma, subject().backend(), subject().peer());
      run(subject, threads);
    } finally {
      if (before == null) {
        System.clearProperty(Concurrency.THREADS);
      } else {
        System.setProperty(Concurrency.THREADS, before);
      }
    }
  }

  /** Calls the same backend from four threads at once. */
  @Test
  default void callersOfDerivatives() throws ExecutionException, InterruptedException {
    try (ExecutorService callers = Executors.newFixedThreadPool(4)) {
      List<Future<?>> calls = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        int number = i;
        calls.add(callers.submit(() -> run(subject(), number)));
      }
      for (Future<?> call : calls) {
        call.get();
      }
    }
  }

  private static void run(Subject subject, int number) {
    int some = number;
    for (Case shape : shapes()) {
      GradientCheck.run(subject, shape, some++, KINDS);
    }
  }

  /** Vectors that fit the cache together, one by one, or not at all; more than a task each. */
  private static List<Case> shapes() {
    int[] lengths = IntStream.range(0, 150).map(i -> i * i % 701).toArray();
    return List.of(
        Cases.of("short", ElementType.F64, Family.NORMAL, 1500, 25, Placement.ROWS, Memory.ARRAY),
        Cases.of("wide", ElementType.F32, Family.WIDE, 30, 1500, Placement.ROWS, Memory.NATIVE),
        Cases.of(
            "columns", ElementType.F16, Family.NORMAL, 40, 900, Placement.COLUMNS, Memory.ARRAY),
        Cases.of("long", ElementType.F64, Family.WIDE, 2, 40_000, Placement.ROWS, Memory.ARRAY),
        new Case("ragged", ElementType.F64, Placement.RAGGED, Memory.ARRAY, () -> ragged(lengths)));
  }

  private static double[][] ragged(int[] lengths) {
    Seeded random = new Seeded(lengths.length);
    return Arrays.stream(lengths)
        .mapToObj(length -> Family.NORMAL.vector(ElementType.F64, length, random))
        .toArray(double[][]::new);
  }

  /** More vectors than are worked on at once: each has the factor that was given for it. */
  @Test
  default void manyDerivatives() {
    Unsupported.unlessRefused(backend(), "many derivatives", () -> many(subject().norma()));
  }

  private static void many(Norma norma) {
    int count = (1 << 20) + 5;
    double[] x = new double[count];
    double[] upstream = new double[count];
    Arrays.setAll(x, i -> i % 1000 - 500);
    Arrays.setAll(upstream, i -> i);
    double[] results = new double[count];
    Batch batch = Batch.rows(x, count, 1);
    norma.gradients().vjp(Norm.L2, batch, upstream, Batch.rows(results, count, 1), Into.REPLACE);
    double[] along = norma.gradients().jvp(Norm.L1, batch, Batch.rows(upstream, count, 1));
    for (int i = 0; i < count; i++) {
      int vector = i;
      double expected = Math.signum(x[i]) * i + 0.0;
      Bits.assertSame(expected, results[i] + 0.0, () -> "L2, vector " + vector);
      Bits.assertSame(expected, along[i] + 0.0, () -> "L1 along, vector " + vector);
    }
  }
}
