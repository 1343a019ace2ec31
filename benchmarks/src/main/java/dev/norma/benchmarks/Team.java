package dev.norma.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Some threads, the caller's among them, that do something at the same time. */
final class Team implements AutoCloseable {
  private final int threads;
  private final ExecutorService helpers;

  Team(int threads) {
    this.threads = threads;
    this.helpers =
        Executors.newFixedThreadPool(
            Math.max(1, threads - 1),
            task -> {
              Thread thread = new Thread(task, "benchmark-team");
              thread.setDaemon(true);
              return thread;
            });
  }

  int threads() {
    return threads;
  }

  /** Calls {@code body} with 0 to threads - 1, each on a thread of its own, and waits for all. */
  void run(IntConsumer body) {
    List<Future<?>> others = new ArrayList<>();
    for (int t = 1; t < threads; t++) {
      int thread = t;
      others.add(helpers.submit(() -> body.accept(thread)));
    }
    body.accept(0);
    for (Future<?> other : others) {
      await(other);
    }
  }

  private static void await(Future<?> other) {
    try {
      other.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while other threads were measured", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a thread of the benchmark failed", e.getCause());
    }
  }

  @Override
  public void close() {
    helpers.shutdown();
  }
}
