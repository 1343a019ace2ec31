package dev.norma.spi;

/**
 * Something that executes plans. Safe for use by many threads at once. Two backends return the same
 * bits for the same plan, wherever hi is finite; where it is a NaN, any NaN.
 */
public interface Backend extends AutoCloseable {
  /** Returns the name that a caller can ask for, such as {@code cpu-simd}. */
  String name();

  /**
   * Executes a plan.
   *
   * @throws IllegalStateException if memory of the batch has been closed
   * @throws UnsupportedOperationException if this backend does not know a primitive, type or layout
   */
  PlanResult run(Plan plan);

  /** Releases threads and memory; no call is under way or follows. */
  @Override
  void close();
}
