package dev.norma.benchmarks;

/** A norm of each vector of one matrix, ready to be computed again and again by one thread. */
interface Computation extends AutoCloseable {
  /** Computes all norms; this is what is measured. */
  void run();

  /** Returns the norms that the last run computed. */
  double[] results();

  @Override
  default void close() {}
}
