package dev.norma.cpu;

/**
 * The property that forces a vector width; knows nothing of vectors, so that probing can use it.
 */
final class SimdWidth {
  private static final String PROPERTY = "norma.simd.bits";

  private SimdWidth() {}

  /**
   * Returns the forced width in bits, 0 for none.
   *
   * @throws IllegalArgumentException if the property is neither 128 nor 256 nor 512
   */
  static int forced() {
    String value = System.getProperty(PROPERTY, "0");
    return switch (value) {
      case "0" -> 0;
      case "128" -> 128;
      case "256" -> 256;
      case "512" -> 512;
      default ->
          throw new IllegalArgumentException(
              PROPERTY + ": '" + value + "' is none of 128, 256 and 512");
    };
  }
}
