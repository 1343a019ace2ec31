package dev.norma.spi;

/**
 * A computation of several plans over the same vectors, one after the other, that may be done for
 * some vectors before others: so that those that fit the cache are read from memory once.
 */
@FunctionalInterface
public interface Steps {
  /** Runs all plans, for the numbers {@code from} (inclusive) to {@code to} (exclusive). */
  void run(Backend on, int from, int to);
}
