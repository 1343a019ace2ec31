package dev.norma.benchmarks;

/**
 * How large the matrices of a case are, and how often they are read in one invocation.
 *
 * @param matrices the number of matrices, each with a thread that calls for it
 * @param passes how often each is read
 * @param rows the number of rows of each
 * @param width the number of columns of each
 * @param elementBytes the size of an element
 */
record Geometry(int matrices, int passes, int rows, int width, int elementBytes) {
  /** General powers take so much longer for an element that a part of the data is enough. */
  private static final int POWER_PART = 16;

  static Geometry of(Case c, Sizes sizes) {
    boolean cached = c.place() == Place.CACHE;
    int width = c.shape().width();
    int elementBytes = c.type().bytes();
    long bytes = cached ? sizes.cacheBytes() : sizes.dramBytes();
    bytes /= c.norm() == MeasuredNorm.POWER ? POWER_PART : 1;
    int rows = Math.toIntExact(bytes / ((long) width * elementBytes));
    int matrices = cached ? c.cores().threads() : 1;
    return new Geometry(matrices, cached ? sizes.cachePasses() : 1, rows, width, elementBytes);
  }

  /** Returns the number of elements of one matrix. */
  int elements() {
    return Math.multiplyExact(rows, width);
  }

  /** Returns the number of bytes that one invocation reads; every speed is derived from it. */
  long bytes() {
    return (long) matrices * passes * elements() * elementBytes;
  }
}
