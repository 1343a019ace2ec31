package dev.norma.benchmarks;

/** How many threads compute, and how many read in the probe. */
enum Cores {
  ONE("1-thread"),
  ALL("all-threads");

  private final String label;

  Cores(String label) {
    this.label = label;
  }

  /** Returns the number of threads on this machine. */
  int threads() {
    return this == ONE ? 1 : Runtime.getRuntime().availableProcessors();
  }

  @Override
  public String toString() {
    return label;
  }
}
