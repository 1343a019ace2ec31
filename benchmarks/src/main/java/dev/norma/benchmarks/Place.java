package dev.norma.benchmarks;

/** Where the data lies when it is read. */
enum Place {
  /** One matrix, far larger than any cache; all threads work on it together in one call. */
  DRAM("dram"),

  /**
   * A matrix for each thread, small enough for the cache of its core. Each thread makes calls of
   * its own, over and over: a single call on so little data is not worth a second thread.
   */
  CACHE("cache");

  private final String label;

  Place(String label) {
    this.label = label;
  }

  @Override
  public String toString() {
    return label;
  }
}
