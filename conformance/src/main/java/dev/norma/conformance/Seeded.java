package dev.norma.conformance;

/**
 * Random numbers that are the same for a seed for ever, on every platform: SplitMix64 (Steele, Lea,
 * Flood, "Fast splittable pseudorandom number generators", 2014, doi:10.1145/2660193.2660195) and
 * additions. Not safe for use by several threads.
 */
public final class Seeded {
  private static final int UNIFORMS = 12;

  private long state;

  /** Starts the sequence of a seed. */
  public Seeded(long seed) {
    this.state = seed;
  }

  /** Returns 64 random bits. */
  public long bits() {
    state += 0x9E3779B97F4A7C15L;
    long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Returns a number in [0, 1), evenly distributed. */
  public double uniform() {
    return (bits() >>> 11) * 0x1p-53;
  }

  /** Returns a whole number from 0 (inclusive) to a bound (exclusive). */
  public int below(int bound) {
    return (int) (uniform() * bound);
  }

  /** Returns a number distributed nearly normally, as a sum of twelve even ones. */
  public double normal() {
    double sum = 0;
    for (int i = 0; i < UNIFORMS; i++) {
      sum += uniform();
    }
    return sum - UNIFORMS / 2.0;
  }
}
