package dev.norma.benchmarks;

/** Who computes the norms. */
enum Contender {
  /** This library, on its backend {@code cpu-simd}. */
  NORMA("norma"),

  /** This library's norms and gradients of all vectors, in one call on {@code cpu-simd}. */
  GRADIENT("norma-gradient"),

  /** The same, where each gradient takes the place of its vector. */
  GRADIENT_IN_PLACE("norma-gradient-in-place"),

  /** This library's norms of all vectors, and then a loop that divides by them. */
  TWO_PASS("norma-two-pass"),

  /** The same, where each quotient takes the place of its element. */
  TWO_PASS_IN_PLACE("norma-two-pass-in-place"),

  /** This library's norm over each of many lists of small tensors. */
  TENSORS("norma-tensors"),

  /** {@code norm1}, {@code norm2} and {@code normmax} of ND4J's arrays. */
  ND4J("nd4j"),

  /** The loop that one writes without a library. */
  LOOP("loop"),

  /** This library on a device, from memory of the device: {@code opencl}. */
  DEVICE(MeasuredDevice.KIND),

  /** This library on a device, from Java arrays, as its backend brings them there. */
  DEVICE_HOST(MeasuredDevice.KIND + "-host");

  private final String label;

  Contender(String label) {
    this.label = label;
  }

  /** Tells whether a device is needed. */
  boolean isOnDevice() {
    return this == DEVICE || this == DEVICE_HOST;
  }

  /** Tells whether as much is written as is read. */
  boolean writes() {
    return this == GRADIENT || this == TWO_PASS || isInPlace();
  }

  /** Tells whether what is read is what is written to. */
  boolean isInPlace() {
    return this == GRADIENT_IN_PLACE || this == TWO_PASS_IN_PLACE;
  }

  /**
   * Returns what it takes turns with: a device with the CPU, norms and gradients in one call with
   * what copies, two passes with one call, lists of tensors with one tensor as large, all others
   * with what only reads.
   */
  String yardstick() {
    return switch (this) {
      case GRADIENT, GRADIENT_IN_PLACE -> "copy";
      case TWO_PASS, TWO_PASS_IN_PLACE -> "one call";
      case TENSORS -> "one tensor";
      case DEVICE, DEVICE_HOST -> NormaComputation.SIMD;
      case NORMA, ND4J, LOOP -> "probe";
    };
  }

  @Override
  public String toString() {
    return label;
  }
}
