package dev.norma.cli;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows on a terminal how far some work is, if it takes longer than a second, and leaves nothing
 * there when closed.
 */
final class Progress implements AutoCloseable {
  /** The width of the terminal that standard error is; the launcher sets it if there is one. */
  static final String COLUMNS = "norma.columns";

  private static final long PATIENCE_MILLIS = 1000;
  private static final int UPDATE_MILLIS = 100;
  private static final int MILLION = 1_000_000;

  private final String unit;
  private final long unitSize;
  private final long patienceMillis;
  private final LongAdder counter = new LongAdder();
  private final CountDownLatch done = new CountDownLatch(1);
  private final int columns = Integer.getInteger(COLUMNS, 0);
  private final Thread thread;
  private volatile String step = "";

  private Progress(
      long total, String task, String unit, long unitSize, PrintStream err, long patienceMillis) {
    this.unit = unit;
    this.unitSize = unitSize;
    this.patienceMillis = patienceMillis;
    this.thread = new Thread(() -> show(total, task, err), "norma-progress");
    thread.setDaemon(true);
  }

  /** Begins to watch a counter of a FILE's elements, if standard error is a terminal. */
  static Progress start(long total, String file, PrintStream err) {
    return start(total, file, err, PATIENCE_MILLIS);
  }

  /** Does the same, but shows something after another time than a second. */
  static Progress start(long total, String file, PrintStream err, long patienceMillis) {
    return new Progress(total, file, "M", MILLION, err, patienceMillis).start();
  }

  /** Begins to watch the steps of a task, if standard error is a terminal. */
  static Progress ofSteps(int total, String task, PrintStream err) {
    return new Progress(total, task, "", 1, err, PATIENCE_MILLIS).start();
  }

  private Progress start() {
    if (columns > 0) {
      thread.start();
    }
    return this;
  }

  /** Says that a step begins; it counts as soon as it is added to the counter. */
  void begin(String name) {
    step = name;
  }

  /** Returns what counts the elements that are done. */
  LongAdder counter() {
    return counter;
  }

  private void show(long total, String task, PrintStream err) {
    try {
      if (done.await(patienceMillis, TimeUnit.MILLISECONDS)) {
        return;
      }
      try (ProgressBar bar = bar(total, task, err)) {
        while (!done.await(UPDATE_MILLIS, TimeUnit.MILLISECONDS)) {
          bar.setExtraMessage(step);
          bar.stepTo(Math.min(total, counter.sum()));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ProgressBar bar(long total, String task, PrintStream err) {
    return new ProgressBarBuilder()
        .setTaskName(OneLine.of(task))
        .setInitialMax(total)
        .setUnit(unit, unitSize)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(UPDATE_MILLIS)
        .clearDisplayOnFinish()
        .setConsumer(new DelegatingProgressBarConsumer(s -> err.print("\r" + s), columns - 1))
        .build();
  }

  /** Clears the bar from the terminal, if it was shown. */
  @Override
  public void close() {
    done.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
