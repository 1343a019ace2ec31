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
 * Shows on a terminal how far the work on one FILE is, if it takes longer than a second, and leaves
 * nothing there when closed.
 */
final class Progress implements AutoCloseable {
  /** The width of the terminal that standard error is; the launcher sets it if there is one. */
  static final String COLUMNS = "norma.columns";

  private static final long PATIENCE_MILLIS = 1000;
  private static final int UPDATE_MILLIS = 100;
  private static final int MILLION = 1_000_000;

  private final LongAdder counter = new LongAdder();
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread thread;

  private Progress(long total, String file, PrintStream err, int columns) {
    this.thread = new Thread(() -> show(total, file, err, columns), "norma-progress");
    thread.setDaemon(true);
  }

  /** Begins to watch a counter on its way to a total, if standard error is a terminal. */
  static Progress start(long total, String file, PrintStream err) {
    int columns = Integer.getInteger(COLUMNS, 0);
    Progress progress = new Progress(total, file, err, columns);
    if (columns > 0) {
      progress.thread.start();
    }
    return progress;
  }

  /** Returns what counts the elements that are done. */
  LongAdder counter() {
    return counter;
  }

  private void show(long total, String file, PrintStream err, int columns) {
    try {
      if (done.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
      try (ProgressBar bar = bar(total, file, err, columns)) {
        while (!done.await(UPDATE_MILLIS, TimeUnit.MILLISECONDS)) {
          bar.stepTo(Math.min(total, counter.sum()));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ProgressBar bar(long total, String file, PrintStream err, int columns) {
    return new ProgressBarBuilder()
        .setTaskName(OneLine.of(file))
        .setInitialMax(total)
        .setUnit("M", MILLION)
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
