package dev.norma.cpu;

import static dev.norma.cpu.ChunkFold.LANES;
import static dev.norma.cpu.Species.F64;
import static dev.norma.cpu.Species.F64_X2;
import static dev.norma.cpu.Species.F64_X4;

import dev.norma.spi.DoubleDouble;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** The 32 lanes of a chunk in memory, and their folding by SIMD; used by one thread. */
final class LaneFold {
  /** The leading parts of the lanes. */
  final double[] hi = new double[LANES];

  /** The trailing parts of the lanes. */
  final double[] lo = new double[LANES];

  /** Returns the error of {@code sum = a + b}, exactly: see {@link DoubleDouble#sumError}. */
  static DoubleVector sumError(DoubleVector a, DoubleVector b, DoubleVector sum) {
    DoubleVector bRounded = sum.sub(a);
    return a.sub(sum.sub(bRounded)).add(b.sub(bRounded));
  }

  /** Folds the lanes 16, 8, 4, 2, 1 into a pair. */
  void foldPairs(double[] outHi, double[] outLo, int out) {
    foldPairs(F64, 16);
    foldPairs(F64, 8);
    foldPairs(F64_X4, 4);
    foldPairs(F64_X2, 2);
    double sum = this.hi[0] + this.hi[1];
    outHi[out] = sum;
    outLo[out] = (this.lo[0] + this.lo[1]) + DoubleDouble.sumError(this.hi[0], this.hi[1], sum);
  }

  private void foldPairs(VectorSpecies<Double> species, int s) {
    for (int lane = 0; lane < s; lane += species.length()) {
      DoubleVector hi = DoubleVector.fromArray(species, this.hi, lane);
      DoubleVector other = DoubleVector.fromArray(species, this.hi, lane + s);
      DoubleVector lo = DoubleVector.fromArray(species, this.lo, lane);
      DoubleVector sum = hi.add(other);
      lo.add(DoubleVector.fromArray(species, this.lo, lane + s))
          .add(sumError(hi, other, sum))
          .intoArray(this.lo, lane);
      sum.intoArray(this.hi, lane);
    }
  }

  /** Folds the lanes 16, 8, 4, 2, 1, leading parts alone. */
  void foldPlain(double[] outHi, int out) {
    foldPlain(F64, 16);
    foldPlain(F64, 8);
    foldPlain(F64_X4, 4);
    foldPlain(F64_X2, 2);
    outHi[out] = this.hi[0] + this.hi[1];
  }

  private void foldPlain(VectorSpecies<Double> species, int s) {
    for (int lane = 0; lane < s; lane += species.length()) {
      DoubleVector.fromArray(species, this.hi, lane)
          .add(DoubleVector.fromArray(species, this.hi, lane + s))
          .intoArray(this.hi, lane);
    }
  }
}
