package dev.norma.cpu;

import dev.norma.Batch;
import dev.norma.spi.Confinement;
import java.util.List;
import java.util.function.Consumer;

/**
 * Cuts the vectors of a batch into ranges of about equal work and runs them. A range is large
 * enough to be worth handing to another thread and small enough for the threads to finish together.
 */
final class Tasks {
  /** So many elements are worth a task of their own: some ten microseconds of reading. */
  static final long TASK_ELEMENTS = 1 << 17;

  private final List<Batch> batches;
  private final Workers workers;

  /**
   * Vectors {@code from} (inclusive) to {@code to} (exclusive).
   *
   * @param from the first
   * @param to the one after the last
   */
  record Range(int from, int to) {}

  Tasks(Batch batch, Workers workers) {
    this(List.of(batch), workers);
  }

  /** Cuts batches that have as many vectors, of the same lengths. */
  Tasks(List<Batch> batches, Workers workers) {
    this.batches = batches;
    this.workers = workers;
  }

  /** Returns the length beyond which a vector is better shared by all threads. */
  long longest() {
    long share = batches.get(0).layout().size() / (4L * workers.threads());
    return workers.threads() == 1 ? Long.MAX_VALUE : Math.max(TASK_ELEMENTS, share);
  }

  /** Runs {@code body} for ranges that together are all vectors of the batch. */
  void run(Consumer<Range> body) {
    run(TASK_ELEMENTS, body);
  }

  /** Runs {@code body} for such ranges that have so many elements together. */
  void run(long elementsPerTask, Consumer<Range> body) {
    int count = Math.toIntExact(batches.get(0).count());
    long length = batches.get(0).layout().size() / Math.max(1, count);
    run(count, length, elementsPerTask, body);
  }

  /**
   * Runs {@code body} for ranges that together are the given number of units of so many elements.
   */
  void run(int units, long elementsPerUnit, Consumer<Range> body) {
    run(units, elementsPerUnit, TASK_ELEMENTS, body);
  }

  private void run(int units, long elementsPerUnit, long elementsPerTask, Consumer<Range> body) {
    long perTask =
        Math.clamp(elementsPerTask / Math.max(1, elementsPerUnit), 1, Math.max(1, units));
    int tasks = (int) ((units + perTask - 1) / perTask);
    if (tasks <= 1 || batches.stream().anyMatch(Confinement::holds)) {
      body.accept(new Range(0, units));
      return;
    }
    workers.run(
        tasks,
        task -> {
          int from = (int) (task * perTask);
          body.accept(new Range(from, (int) Math.min(units, from + perTask)));
        });
  }
}
