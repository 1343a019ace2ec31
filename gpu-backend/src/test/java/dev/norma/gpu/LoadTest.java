package dev.norma.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.Batch;
import dev.norma.DeviceBatch;
import dev.norma.Norm;
import dev.norma.Norma;
import dev.norma.gpu.opencl.RequiresOpenCl;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many calls, one after the other and at the same time. */
@RequiresOpenCl
class LoadTest {
  private static final int CALLS = 10_000;
  private static final int THREADS = 8;
  private static final List<Norm> NORMS = List.of(Norm.L1, Norm.L2, Norm.LINF, Norm.lp(3));

  private static final double[] DATA = new Random(3).doubles(40_000, -1, 1).toArray();

  private static Batch batch(int i) {
    return switch (i % 4) {
      case 0 -> Batch.rows(DATA, 10 + i % 7, 3);
      case 1 -> Batch.columns(DATA, 300, 9 + i % 7);
      case 2 -> Batch.ragged(DATA, new long[] {0, i % 7, i % 7, 5000, 9999});
      default -> Batch.rows(DATA, 2, 10_000 + i % 7);
    };
  }

  @Test
  void tenThousandCallsEndWithTheHandlesTheyBeganWith() {
    Map<String, Long> outside = Handle.live();
    try (Norma norma = Norma.open("opencl:0")) {
      for (int i = 0; i < 28; i++) { // every kernel and every size of memory once
        norma.norms(NORMS, batch(i));
        norma.norms(Norm.L2, batch(i));
        norma.upload(batch(i)).close();
      }
      Map<String, Long> before = Handle.live();
      for (int i = 0; i < CALLS; i++) {
        norma.norms(Norm.L2, batch(i % 3));
        if (i % 10 == 0) {
          norma.upload(batch(i)).close();
        }
      }
      assertEquals(before, Handle.live());
    }
    assertEquals(outside, Handle.live());
  }

  @Test
  void manyThreadsGetTheSameResults() throws Exception {
    try (Norma norma = Norma.open("opencl:0");
        DeviceBatch shared = norma.upload(batch(3));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<List<double[]>> expected = new ArrayList<>();
      for (int i = 0; i < 28; i++) {
        expected.add(results(norma, batch(i)));
      }
      List<double[]> ofShared = results(norma, shared);
      List<Future<?>> futures = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        int first = 5 * t;
        futures.add(
            threads.submit(
                () -> {
                  for (int i = first; i < first + 60; i++) {
                    check(expected.get(i % 28), results(norma, batch(i % 28)));
                    check(ofShared, results(norma, shared));
                  }
                }));
      }
      for (Future<?> future : futures) {
        future.get();
      }
    }
  }

  private static List<double[]> results(Norma norma, Batch batch) {
    return NORMS.stream().map(norma.norms(NORMS, batch)::of).toList();
  }

  private static void check(List<double[]> expected, List<double[]> actual) {
    for (int i = 0; i < NORMS.size(); i++) {
      assertArrayEquals(expected.get(i), actual.get(i));
    }
  }
}
