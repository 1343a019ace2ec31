package dev.norma.benchmarks;

/**
 * How much data there is.
 *
 * @param dramBytes the size of the matrix that is read from DRAM
 * @param cacheBytes the size of each thread's matrix that is read from cache
 * @param cachePasses how often each thread goes through it, so that starting threads counts nothing
 */
record Sizes(long dramBytes, int cacheBytes, int cachePasses) {
  static final int CACHE_BYTES = 256 << 10;
  static final int CACHE_PASSES = 256;

  private static final int LARGEST_MIB = 2048;
  private static final String PROPERTY = "norma.benchmark.mib";

  /**
   * Returns the sizes that are measured: 512 MiB from DRAM, or what the property {@code
   * norma.benchmark.mib} says, and 256 KiB from cache.
   *
   * @throws IllegalArgumentException if the property is no number from 1 to 2048
   */
  static Sizes configured() {
    String value = System.getProperty(PROPERTY, "512");
    if (!value.matches("[0-9]{1,4}")
        || Integer.parseInt(value) < 1
        || Integer.parseInt(value) > LARGEST_MIB) {
      throw new IllegalArgumentException(
          PROPERTY + ": '" + value + "' is no number of MiB from 1 to " + LARGEST_MIB);
    }
    return new Sizes(Long.parseLong(value) << 20, CACHE_BYTES, CACHE_PASSES);
  }
}
