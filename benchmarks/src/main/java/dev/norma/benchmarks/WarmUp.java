package dev.norma.benchmarks;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * Runs something until it is compiled: loops of the Vector API are hundreds of times slower before
 * that, and their compilation takes seconds where the processors are busy.
 */
final class WarmUp {
  private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** Where the machine is too busy to come to rest, it ends after this time. */
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(20);

  /** A slice is faster than those before if it takes less than this part of their time. */
  private static final double FASTER = 0.95;

  /** The compiler is at rest if it took fewer milliseconds than this in a slice. */
  private static final long REST_MILLIS = 20;

  private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();

  private WarmUp() {}

  /**
   * Runs {@code body} until, for the given time, it has not become faster and the compiler has been
   * at rest. Becoming slower is noise: compiled code only replaces slower code. 0 runs it once.
   */
  static void run(Runnable body, long quietMillis) {
    body.run();
    long quiet = TimeUnit.MILLISECONDS.toNanos(quietMillis);
    long start = System.nanoTime();
    long restless = start;
    long now = start;
    double best = Double.MAX_VALUE;
    while (now - restless < quiet && now - start < MOST_NANOS) {
      long compiled = COMPILER.getTotalCompilationTime();
      double time = slice(body);
      now = System.nanoTime();
      boolean rest = COMPILER.getTotalCompilationTime() - compiled < REST_MILLIS;
      if (!rest || time < FASTER * best) {
        restless = now;
      }
      best = Math.min(best, time);
    }
  }

  private static double slice(Runnable body) {
    long start = System.nanoTime();
    long elapsed = 0;
    int runs = 0;
    while (elapsed < SLICE_NANOS) {
      body.run();
      runs++;
      elapsed = System.nanoTime() - start;
    }
    return (double) elapsed / runs;
  }
}
