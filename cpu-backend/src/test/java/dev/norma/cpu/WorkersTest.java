package dev.norma.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {
  @AfterEach
  void restore() {
    System.clearProperty("norma.threads");
    System.clearProperty("norma.simd.bits");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void everyTaskRunsOnce(int threads) {
    try (Workers workers = new Workers(threads)) {
      for (int tasks : new int[] {0, 1, 2, 7, 1000}) {
        AtomicIntegerArray runs = new AtomicIntegerArray(tasks);
        workers.run(tasks, runs::incrementAndGet);
        for (int task = 0; task < tasks; task++) {
          assertEquals(1, runs.get(task), "task " + task + " of " + tasks);
        }
      }
    }
  }

  @Test
  void tasksRunOnSeveralThreadsAtOnce() {
    CountDownLatch both = new CountDownLatch(2);
    try (Workers workers = new Workers(2)) {
      workers.run(
          2,
          task -> {
            both.countDown();
            await(both);
          });
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS), "the other task never started");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void callsOfManyThreadsShareTheWorkers() throws InterruptedException {
    AtomicInteger sum = new AtomicInteger();
    List<Thread> callers = new ArrayList<>();
    try (Workers workers = new Workers(3)) {
      for (int i = 0; i < 16; i++) {
        callers.add(new Thread(() -> workers.run(100, task -> sum.incrementAndGet())));
      }
      callers.forEach(Thread::start);
      for (Thread caller : callers) {
        caller.join();
      }
    }
    assertEquals(1600, sum.get());
  }

  @Test
  void aFailureReachesTheCallerAndStopsTheRest() {
    IllegalStateException failure = new IllegalStateException("closed");
    AtomicInteger started = new AtomicInteger();
    try (Workers workers = new Workers(2)) {
      IllegalStateException thrown =
          assertThrows(
              IllegalStateException.class,
              () ->
                  workers.run(
                      1_000_000,
                      task -> {
                        started.incrementAndGet();
                        throw failure;
                      }));
      assertSame(failure, thrown);
      assertTrue(started.get() <= 2, started + " tasks started");
      workers.run(1, task -> started.set(-1));
      assertEquals(-1, started.get(), "the workers are of use afterwards");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "4097", "two", "", "1e3", "99999999999"})
  void threadsThatMakeNoSenseAreRefused(String value) {
    System.setProperty("norma.threads", value);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, Workers::configuredThreads);
    assertEquals(
        "norma.threads: '" + value + "' is no number of threads from 1 to 4096", e.getMessage());
  }

  @Test
  void theNumberOfThreadsIsTheOneAskedFor() throws Exception {
    if (System.getenv("NORMA_THREADS") == null) {
      assertEquals(Runtime.getRuntime().availableProcessors(), Workers.configuredThreads());
    }
    System.setProperty("norma.threads", " 3 ");
    assertEquals(3, Workers.configuredThreads());
    assertEquals("7", threadsOfAnotherJava("NORMA_THREADS", "7"));
  }

  /** Run in a Java of its own, for its environment. */
  static final class Program {
    public static void main(String[] args) {
      System.out.print(Workers.configuredThreads());
    }
  }

  private static String threadsOfAnotherJava(String variable, String value) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    ProcessBuilder builder = new ProcessBuilder(java, "-cp", classes, Program.class.getName());
    builder.environment().put(variable, value);
    Process process = builder.start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void theWidthIsOneOfThree() {
    System.setProperty("norma.simd.bits", "1024");
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> new CpuBackendProvider().open("cpu-simd"));
    assertEquals("norma.simd.bits: '1024' is none of 128, 256 and 512", e.getMessage());
  }
}
