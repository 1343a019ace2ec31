package dev.norma.spi;

/**
 * Sets the coefficients of a function from what the vectors were reduced to, for some vectors at a
 * time. Several threads may call it at once, each for vectors of its own.
 */
@FunctionalInterface
public interface Finisher {
  /** Sets those of the vectors {@code from} (inclusive) to {@code to} (exclusive). */
  void finish(PlanResult reduced, int from, int to);
}
