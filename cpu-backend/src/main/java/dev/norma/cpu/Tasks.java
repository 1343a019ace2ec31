package dev.norma.cpu;

import dev.norma.Batch;
import dev.norma.spi.Plan;
import java.util.function.Consumer;

/**
 * Cuts the vectors of a plan into ranges of about equal work and runs them. A range is large enough
 * to be worth handing to another thread and small enough for the threads to finish together.
 */
final class Tasks {
  /** So many elements are worth a task of their own: some ten microseconds of reading. */
  static final long TASK_ELEMENTS = 1 << 17;

  /** A thread that never runs: memory that it may not read is confined to one thread. */
  private static final Thread OTHER = new Thread(() -> {}, "norma-other");

  private final Plan plan;
  private final Workers workers;

  /**
   * Vectors {@code from} (inclusive) to {@code to} (exclusive).
   *
   * @param from the first
   * @param to the one after the last
   */
  record Range(int from, int to) {}

  Tasks(Plan plan, Workers workers) {
    this.plan = plan;
    this.workers = workers;
  }

  /** Runs {@code body} for ranges that together are all vectors of the plan. */
  void run(Consumer<Range> body) {
    int count = plan.count();
    run(count, plan.batch().layout().size() / Math.max(1, count), body);
  }

  /**
   * Runs {@code body} for ranges that together are the given number of units of so many elements.
   */
  void run(int units, long elementsPerUnit, Consumer<Range> body) {
    long perTask = Math.clamp(TASK_ELEMENTS / Math.max(1, elementsPerUnit), 1, Math.max(1, units));
    int tasks = (int) ((units + perTask - 1) / perTask);
    if (tasks <= 1 || isConfined(plan.batch())) {
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

  private static boolean isConfined(Batch batch) {
    return !batch.elements().segment().isAccessibleBy(OTHER);
  }
}
