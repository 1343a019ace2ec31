package dev.norma.cpu;

import static dev.norma.cpu.ChunkFold.LANES;
import static dev.norma.cpu.Species.F64;
import static dev.norma.cpu.Species.F64_X2;
import static dev.norma.cpu.Species.F64_X4;

import dev.norma.spi.DoubleDouble;
import jdk.incubator.vector.DoubleVector;

/**
 * The 32 lanes of a chunk in memory, and their folding 16, 8, 4, 2, 1 by SIMD; used by one thread.
 *
 * <p>The same loop stands here for each width of vector: only with a constant species do these
 * operations become instructions.
 */
final class LaneFold {
  /** The leading parts of the lanes. */
  final double[] hi = new double[LANES];

  /** The trailing parts of the lanes. */
  final double[] lo = new double[LANES];

  /** Folds the lanes into a pair. */
  void foldPairs(double[] outHi, double[] outLo, int out) {
    foldPairs(16);
    foldPairs(8);
    foldFourPairs();
    foldTwoPairs();
    double sum = hi[0] + hi[1];
    outHi[out] = sum;
    outLo[out] = (lo[0] + lo[1]) + DoubleDouble.sumError(hi[0], hi[1], sum);
  }

  private void foldPairs(int s) {
    for (int lane = 0; lane < s; lane += F64.length()) {
      DoubleVector a = DoubleVector.fromArray(F64, hi, lane);
      DoubleVector b = DoubleVector.fromArray(F64, hi, lane + s);
      DoubleVector sum = a.add(b);
      DoubleVector back = sum.sub(a);
      DoubleVector error = a.sub(sum.sub(back)).add(b.sub(back));
      DoubleVector tails =
          DoubleVector.fromArray(F64, lo, lane).add(DoubleVector.fromArray(F64, lo, lane + s));
      sum.intoArray(hi, lane);
      tails.add(error).intoArray(lo, lane);
    }
  }

  private void foldFourPairs() {
    for (int lane = 0; lane < 4; lane += F64_X4.length()) {
      DoubleVector a = DoubleVector.fromArray(F64_X4, hi, lane);
      DoubleVector b = DoubleVector.fromArray(F64_X4, hi, lane + 4);
      DoubleVector sum = a.add(b);
      DoubleVector back = sum.sub(a);
      DoubleVector error = a.sub(sum.sub(back)).add(b.sub(back));
      DoubleVector tails =
          DoubleVector.fromArray(F64_X4, lo, lane)
              .add(DoubleVector.fromArray(F64_X4, lo, lane + 4));
      sum.intoArray(hi, lane);
      tails.add(error).intoArray(lo, lane);
    }
  }

  private void foldTwoPairs() {
    DoubleVector a = DoubleVector.fromArray(F64_X2, hi, 0);
    DoubleVector b = DoubleVector.fromArray(F64_X2, hi, 2);
    DoubleVector sum = a.add(b);
    DoubleVector back = sum.sub(a);
    DoubleVector error = a.sub(sum.sub(back)).add(b.sub(back));
    DoubleVector tails =
        DoubleVector.fromArray(F64_X2, lo, 0).add(DoubleVector.fromArray(F64_X2, lo, 2));
    sum.intoArray(hi, 0);
    tails.add(error).intoArray(lo, 0);
  }

  /** Folds the leading parts of the lanes. */
  void foldPlain(double[] outHi, int out) {
    for (int s = 16; s >= 8; s /= 2) {
      for (int lane = 0; lane < s; lane += F64.length()) {
        DoubleVector a = DoubleVector.fromArray(F64, hi, lane);
        a.add(DoubleVector.fromArray(F64, hi, lane + s)).intoArray(hi, lane);
      }
    }
    for (int lane = 0; lane < 4; lane += F64_X4.length()) {
      DoubleVector a = DoubleVector.fromArray(F64_X4, hi, lane);
      a.add(DoubleVector.fromArray(F64_X4, hi, lane + 4)).intoArray(hi, lane);
    }
    outHi[out] = (hi[0] + hi[2]) + (hi[1] + hi[3]);
  }
}
