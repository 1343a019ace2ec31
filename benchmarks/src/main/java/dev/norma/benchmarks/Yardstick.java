package dev.norma.benchmarks;

/** What takes turns with a case, on the same data, and is what its speed is compared with. */
interface Yardstick {
  /**
   * Does it once; returns a number that depends on all the data, or on the last vector, or their
   * number.
   */
  long run();

  /** Computes the same norms by another computation; returns the bits of the last one. */
  static Yardstick of(Computation computation) {
    return () -> {
      computation.run();
      double[] norms = computation.results();
      return Double.doubleToRawLongBits(norms[norms.length - 1]);
    };
  }
}
