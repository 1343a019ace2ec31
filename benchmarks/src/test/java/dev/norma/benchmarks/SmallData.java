package dev.norma.benchmarks;

/** Cases on so little data that all of them can be run. */
final class SmallData {
  static final int PASSES = 2;

  /** A sixteenth of it, which general powers take, is still a row of 8192 binary64 numbers. */
  private static final long DRAM_BYTES = 1 << 20;

  private static final int CACHE_BYTES = 128 << 10;

  private SmallData() {}

  /** Opens the benchmark of a case; the turn of its probe is next. */
  static NormBenchmark open(Case c) {
    NormBenchmark benchmark = new NormBenchmark();
    benchmark.name = c.toString();
    benchmark.dramBytes = DRAM_BYTES;
    benchmark.cacheBytes = CACHE_BYTES;
    benchmark.cachePasses = PASSES;
    benchmark.quietMillis = 0;
    benchmark.open();
    benchmark.pass();
    return benchmark;
  }
}
