package dev.norma.benchmarks;

/**
 * How large the matrices of a case are, and how often they are read in one invocation.
 *
 * @param matrices the number of matrices, each with a thread that calls for it
 * @param passes how often each is read
 * @param rows the number of rows of each
 * @param width the number of columns of each
 * @param elementBytes the size of an element
 * @param writes whether as much is written as is read
 */
record Geometry(int matrices, int passes, int rows, int width, int elementBytes, boolean writes) {
  /** General powers take so much longer for an element that a part of the data is enough. */
  private static final int POWER_PART = 16;

  static Geometry of(Case c, Sizes sizes) {
    boolean cached = c.place() == Place.CACHE;
    int width = c.shape().width();
    int elementBytes = c.type().bytes();
    long bytes = cached ? sizes.cacheBytes() : sizes.dramBytes();
    bytes /= c.norm() == MeasuredNorm.POWER ? POWER_PART : 1;
    int rows = Math.max(1, Math.toIntExact(bytes / ((long) width * elementBytes)));
    int matrices = cached ? c.cores().threads() : 1;
    int passes = cached ? sizes.cachePasses() : 1;
    return new Geometry(matrices, passes, rows, width, elementBytes, c.contender().writes());
  }

  /** Returns the number of elements of one matrix. */
  int elements() {
    return Math.multiplyExact(rows, width);
  }

  /** Returns the bytes that one invocation reads and writes; every speed is derived from it. */
  long bytes() {
    return (long) matrices * passes * elements() * elementBytes * (writes ? 2 : 1);
  }
}
