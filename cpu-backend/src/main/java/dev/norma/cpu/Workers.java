package dev.norma.cpu;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Runs the tasks of a call on several threads, the caller's among them. Which thread runs a task,
 * and when, has no influence on any result. Several calls may be under way at once; each makes
 * progress on its caller's thread even when all others are busy.
 */
final class Workers implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("dev.norma");
  private static final int IDLE_SECONDS = 10;
  private static final int MOST_THREADS = 4096;

  private final int threads;
  private final ThreadPoolExecutor pool;

  Workers(int threads) {
    this.threads = threads;
    AtomicInteger number = new AtomicInteger();
    int helpers = Math.max(1, threads - 1);
    pool =
        new ThreadPoolExecutor(
            helpers,
            helpers,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "norma-cpu-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
  }

  /**
   * Returns the number of threads to use: the property {@code norma.threads}, or else the variable
   * {@code NORMA_THREADS}, or else that of the processors.
   *
   * @throws IllegalArgumentException if the value is no number from 1 to 4096
   */
  static int configuredThreads() {
    String property = System.getProperty("norma.threads");
    String variable = System.getenv("NORMA_THREADS");
    if (property != null) {
      return parse("norma.threads", property);
    }
    return variable == null || variable.isEmpty()
        ? Runtime.getRuntime().availableProcessors()
        : parse("NORMA_THREADS", variable);
  }

  private static int parse(String name, String value) {
    try {
      int threads = Integer.parseInt(value.strip());
      if (threads >= 1 && threads <= MOST_THREADS) {
        return threads;
      }
    } catch (NumberFormatException e) {
      // refused below, as other values are
    }
    throw new IllegalArgumentException(
        name + ": '" + value + "' is no number of threads from 1 to " + MOST_THREADS);
  }

  int threads() {
    return threads;
  }

  /**
   * Calls {@code body} once with each number from 0 to {@code tasks - 1} and returns when all calls
   * have returned. After a failure no further task starts, and the first failure is thrown.
   */
  void run(int tasks, IntConsumer body) {
    Call call = new Call(tasks, body);
    askForHelp(call, Math.min(threads, tasks) - 1);
    call.run();
    call.await();
  }

  /** Without the help of others, because no more threads can be had, the caller does it all. */
  private void askForHelp(Call call, int helpers) {
    try {
      for (int i = 0; i < helpers; i++) {
        pool.execute(call);
      }
    } catch (OutOfMemoryError e) {
      LOG.log(System.Logger.Level.WARNING, "no more threads can be started: {0}", e.getMessage());
    }
  }

  @Override
  public void close() {
    pool.shutdown();
  }

  /** One call: threads take the next task until none is left. */
  private static final class Call implements Runnable {
    private final int tasks;
    private final IntConsumer body;
    private final AtomicInteger next = new AtomicInteger();
    private int running;
    private Throwable failure;

    Call(int tasks, IntConsumer body) {
      this.tasks = tasks;
      this.body = body;
    }

    @Override
    public void run() {
      enter();
      try {
        for (int task = next.getAndIncrement(); task < tasks; task = next.getAndIncrement()) {
          body.accept(task);
        }
        leave(null);
      } catch (Throwable t) { // whatever it is, the caller is told
        leave(t);
      }
    }

    private synchronized void enter() {
      running++;
    }

    private synchronized void leave(Throwable t) {
      if (t != null) {
        next.set(tasks);
        failure = failure == null ? t : failure;
      }
      running--;
      notifyAll();
    }

    /** Waits for the threads that took tasks; one that comes later finds none and does nothing. */
    private synchronized void await() {
      boolean interrupted = false;
      while (running > 0) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure != null) {
        throw (RuntimeException) failure;
      }
    }
  }
}
