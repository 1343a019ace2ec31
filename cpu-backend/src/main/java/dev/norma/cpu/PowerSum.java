package dev.norma.cpu;

import static dev.norma.cpu.ChunkFold.CHUNK;

/** Σ (|x| / s)^p of a chunk: all terms first, then their sum by pairs; used by one thread. */
final class PowerSum {
  private final double[] termHi = new double[CHUNK];
  private final double[] termLo = new double[CHUNK];
  private final PowerTerms terms;
  private final TermSum sum = new TermSum();

  PowerSum(double p) {
    terms = new PowerTerms(p, termHi, termLo);
  }

  /** Sums the terms of the first n of {@link ChunkFold#CHUNK} numbers; the others may be any. */
  void chunk(double[] x, int n, double scale, double[] hi, double[] lo, int out) {
    terms.compute(x, n, scale);
    sum.chunk(termHi, termLo, n, hi, lo, out);
  }
}
