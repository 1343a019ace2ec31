package dev.norma.cpu;

import static dev.norma.cpu.ChunkFold.LANES;

import dev.norma.spi.DoubleDouble;
import java.util.Arrays;

/** The 32 running sums of a chunk, pairs hi + lo where compensated; used by one thread. */
final class Lanes {
  private final boolean compensated;
  private final double[] his = new double[LANES];
  private final double[] los = new double[LANES];
  private double hi;
  private double lo;

  Lanes(boolean compensated) {
    this.compensated = compensated;
  }

  boolean compensated() {
    return compensated;
  }

  /** Adds a chunk's sum to a lane: the trailing parts are added beside, then the error. */
  void add(int lane, double termHi, double termLo) {
    double sum = his[lane] + termHi;
    if (compensated) {
      los[lane] = (los[lane] + termLo) + DoubleDouble.sumError(his[lane], termHi, sum);
    }
    his[lane] = sum;
  }

  /** Adds a term to a lane: the error first, with what the term itself carries. */
  void addTerm(int lane, double termHi, double termLo) {
    double sum = his[lane] + termHi;
    if (compensated) {
      los[lane] += DoubleDouble.sumError(his[lane], termHi, sum) + termLo;
    }
    his[lane] = sum;
  }

  /** Folds the lanes 16, 8, 4, 2, 1 and makes all of them zero again. */
  void fold() {
    for (int s = LANES / 2; s > 0; s /= 2) {
      for (int lane = 0; lane < s; lane++) {
        add(lane, his[lane + s], los[lane + s]);
      }
    }
    hi = his[0];
    lo = los[0];
    Arrays.fill(his, 0);
    Arrays.fill(los, 0);
  }

  double hi() {
    return hi;
  }

  double lo() {
    return lo;
  }
}
