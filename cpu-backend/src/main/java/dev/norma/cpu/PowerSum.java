package dev.norma.cpu;

import static dev.norma.cpu.ChunkFold.CHUNK;
import static dev.norma.cpu.ChunkFold.LANES;
import static dev.norma.cpu.Species.F64;
import static dev.norma.cpu.Species.WIDTH;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/** Σ (|x| / s)^p of a chunk: all terms first, then their sum by pairs; used by one thread. */
final class PowerSum {
  private final double[] termHi = new double[CHUNK];
  private final double[] termLo = new double[CHUNK];
  private final PowerTerms terms;
  private final LaneFold lanes = new LaneFold();

  PowerSum(double p) {
    terms = new PowerTerms(p, termHi, termLo);
  }

  /** Sums the terms of the first n of {@link ChunkFold#CHUNK} numbers; the others may be any. */
  void chunk(double[] x, int n, double scale, double[] hi, double[] lo, int out) {
    terms.compute(x, n, scale);
    int padded = (n + LANES - 1) / LANES * LANES;
    Arrays.fill(termHi, n, padded, 0);
    Arrays.fill(termLo, n, padded, 0);
    for (int lane = 0; lane < LANES; lane += WIDTH) {
      DoubleVector h = DoubleVector.zero(F64);
      DoubleVector l = DoubleVector.zero(F64);
      for (int i = lane; i < padded; i += LANES) {
        DoubleVector term = DoubleVector.fromArray(F64, termHi, i);
        DoubleVector sum = h.add(term);
        DoubleVector back = sum.sub(h);
        DoubleVector error = h.sub(sum.sub(back)).add(term.sub(back));
        l = l.add(error.add(DoubleVector.fromArray(F64, termLo, i)));
        h = sum;
      }
      h.intoArray(lanes.hi, lane);
      l.intoArray(lanes.lo, lane);
    }
    lanes.foldPairs(hi, lo, out);
  }
}
