package dev.norma.benchmarks;

/** Who computes the norms. */
enum Contender {
  /** This library, on its backend {@code cpu-simd}. */
  NORMA("norma"),

  /** {@code norm1}, {@code norm2} and {@code normmax} of ND4J's arrays. */
  ND4J("nd4j"),

  /** The loop that one writes without a library. */
  LOOP("loop");

  private final String label;

  Contender(String label) {
    this.label = label;
  }

  @Override
  public String toString() {
    return label;
  }
}
