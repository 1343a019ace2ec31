package dev.norma.cpu;

import static dev.norma.cpu.ChunkFold.LANES;
import static dev.norma.cpu.Species.F64;
import static dev.norma.cpu.Species.WIDTH;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/** Sums the terms of a chunk, each a pair, into one pair; used by one thread. */
final class TermSum {
  private final LaneFold lanes = new LaneFold();

  /** Sums the first n terms; those behind them, up to a multiple of 32, become zero. */
  void chunk(double[] termHi, double[] termLo, int n, double[] hi, double[] lo, int out) {
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
