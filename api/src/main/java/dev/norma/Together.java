package dev.norma;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** Threads that do several things at the same time, the first of them on the caller's thread. */
final class Together implements AutoCloseable {
  private final ExecutorService threads;

  /** Names the threads. */
  Together(String name) {
    this.threads =
        Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name(name, 1).factory());
  }

  /** Does all of it, and waits for all even when one fails: they use the same memory. */
  <T> List<T> run(List<Callable<T>> all) {
    List<FutureTask<T>> tasks = all.stream().map(FutureTask::new).toList();
    tasks.subList(1, tasks.size()).forEach(this::start);
    tasks.get(0).run();
    tasks.forEach(Together::await);
    Closing.all(tasks.stream().<Runnable>map(task -> () -> throwFailure(task)).toList());
    return tasks.stream().map(FutureTask::resultNow).toList();
  }

  /** Where no more threads can be had, the caller's does it all. */
  private void start(FutureTask<?> task) {
    try {
      threads.execute(task);
    } catch (OutOfMemoryError e) {
      task.run();
    }
  }

  private static void await(FutureTask<?> task) {
    boolean interrupted = false;
    while (!task.isDone()) {
      try {
        task.get();
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        break; // thrown when all have ended
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void throwFailure(FutureTask<?> task) {
    if (task.state() == Future.State.FAILED) {
      Throwable failure = task.exceptionNow();
      if (failure instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) failure;
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
