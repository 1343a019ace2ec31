package dev.norma.cpu;

import dev.norma.spi.FlatVectors;

/**
 * Brings vectors that lie here and there into cache, by reading a number of each of their lines.
 * Each vector is too short for the processor to notice that it is read from one end to the other,
 * so that the arithmetic would wait for DRAM again and again; the lines of several vectors, with
 * nothing to compute in between, are under way at the same time. Used by one thread.
 */
final class Prefetch {
  /** So many vectors of some thousand elements fit in the cache next to the processor. */
  static final int VECTORS = 8;

  private static final int LINE = 64;

  private final FlatVectors vectors;

  /** What was read: without it the compiler would leave the reading out. */
  @SuppressWarnings("unused")
  private long seen;

  Prefetch(FlatVectors vectors) {
    this.vectors = vectors;
  }

  /** Brings the vectors {@code from} (inclusive) to {@code to} (exclusive) that lie in arrays. */
  void run(int from, int to) {
    for (int vector = from; vector < to; vector++) {
      int start = (int) vectors.start(vector);
      int end = start + Math.min(ChunkFold.CHUNK, vectors.length(vector));
      if (vectors.array(vector) instanceof float[] array) {
        seen |= floats(array, start, end);
      } else if (vectors.array(vector) instanceof double[] array) {
        seen |= doubles(array, start, end);
      }
    }
  }

  private static int floats(float[] array, int start, int end) {
    int bits = 0;
    for (int i = start; i < end; i += LINE / Float.BYTES) {
      bits |= Float.floatToRawIntBits(array[i]);
    }
    return bits;
  }

  private static long doubles(double[] array, int start, int end) {
    long bits = 0;
    for (int i = start; i < end; i += LINE / Double.BYTES) {
      bits |= Double.doubleToRawLongBits(array[i]);
    }
    return bits;
  }
}
