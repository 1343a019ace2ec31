package dev.norma.cpu;

import static dev.norma.cpu.ChunkFold.LANES;
import static dev.norma.cpu.Species.F64;
import static dev.norma.cpu.Species.WIDTH;

import jdk.incubator.vector.DoubleVector;

/** Σ |x|: pairs hi + lo for binary64, plain binary64 for the shorter types. */
final class AbsSumKernel extends SumKernel {
  @Override
  void lanes(double[] a, int base, int n) {
    boolean hasTail = copyTail(a, base, n);
    for (int group = 0; group < LANES; group += 4 * WIDTH) {
      DoubleVector hi0 = DoubleVector.zero(F64);
      DoubleVector hi1 = DoubleVector.zero(F64);
      DoubleVector hi2 = DoubleVector.zero(F64);
      DoubleVector hi3 = DoubleVector.zero(F64);
      DoubleVector lo0 = DoubleVector.zero(F64);
      DoubleVector lo1 = DoubleVector.zero(F64);
      DoubleVector lo2 = DoubleVector.zero(F64);
      DoubleVector lo3 = DoubleVector.zero(F64);
      double[] source = a;
      int i = base + group;
      int end = base + n - n % LANES;
      boolean left = hasTail;
      while (true) {
        for (; i < end; i += LANES) {
          DoubleVector x0 = DoubleVector.fromArray(F64, source, i).abs();
          DoubleVector sum0 = hi0.add(x0);
          lo0 = lo0.add(LaneFold.sumError(hi0, x0, sum0));
          hi0 = sum0;
          DoubleVector x1 = DoubleVector.fromArray(F64, source, i + WIDTH).abs();
          DoubleVector sum1 = hi1.add(x1);
          lo1 = lo1.add(LaneFold.sumError(hi1, x1, sum1));
          hi1 = sum1;
          DoubleVector x2 = DoubleVector.fromArray(F64, source, i + 2 * WIDTH).abs();
          DoubleVector sum2 = hi2.add(x2);
          lo2 = lo2.add(LaneFold.sumError(hi2, x2, sum2));
          hi2 = sum2;
          DoubleVector x3 = DoubleVector.fromArray(F64, source, i + 3 * WIDTH).abs();
          DoubleVector sum3 = hi3.add(x3);
          lo3 = lo3.add(LaneFold.sumError(hi3, x3, sum3));
          hi3 = sum3;
        }
        if (!left) {
          break;
        }
        left = false;
        source = tail64;
        i = group;
        end = LANES;
      }
      hi0.intoArray(lanes.hi, group);
      hi1.intoArray(lanes.hi, group + WIDTH);
      hi2.intoArray(lanes.hi, group + 2 * WIDTH);
      hi3.intoArray(lanes.hi, group + 3 * WIDTH);
      lo0.intoArray(lanes.lo, group);
      lo1.intoArray(lanes.lo, group + WIDTH);
      lo2.intoArray(lanes.lo, group + 2 * WIDTH);
      lo3.intoArray(lanes.lo, group + 3 * WIDTH);
    }
  }

  @Override
  void lanes(float[] a, int base, int n) {
    boolean hasTail = copyTail(a, base, n);
    for (int group = 0; group < LANES; group += 4 * WIDTH) {
      DoubleVector hi0 = DoubleVector.zero(F64);
      DoubleVector hi1 = DoubleVector.zero(F64);
      DoubleVector hi2 = DoubleVector.zero(F64);
      DoubleVector hi3 = DoubleVector.zero(F64);
      float[] source = a;
      int i = base + group;
      int end = base + n - n % LANES;
      boolean left = hasTail;
      while (true) {
        for (; i < end; i += LANES) {
          hi0 = hi0.add(widen(source, i).abs());
          hi1 = hi1.add(widen(source, i + WIDTH).abs());
          hi2 = hi2.add(widen(source, i + 2 * WIDTH).abs());
          hi3 = hi3.add(widen(source, i + 3 * WIDTH).abs());
        }
        if (!left) {
          break;
        }
        left = false;
        source = tail32;
        i = group;
        end = LANES;
      }
      hi0.intoArray(lanes.hi, group);
      hi1.intoArray(lanes.hi, group + WIDTH);
      hi2.intoArray(lanes.hi, group + 2 * WIDTH);
      hi3.intoArray(lanes.hi, group + 3 * WIDTH);
    }
  }

  @Override
  void addColumns(double[] a, int[] at, int n, int from, int to, double[] hi, double[] lo) {
    for (int c = from; c < to; c += WIDTH) {
      DoubleVector h = DoubleVector.fromArray(F64, hi, c);
      DoubleVector l = DoubleVector.fromArray(F64, lo, c);
      for (int k = 0; k < n; k++) {
        DoubleVector x = DoubleVector.fromArray(F64, a, at[k] + c).abs();
        DoubleVector sum = h.add(x);
        l = l.add(LaneFold.sumError(h, x, sum));
        h = sum;
      }
      h.intoArray(hi, c);
      l.intoArray(lo, c);
    }
  }

  @Override
  void addColumns(float[] a, int[] at, int n, int from, int to, double[] hi, double[] lo) {
    for (int c = from; c < to; c += WIDTH) {
      DoubleVector h = DoubleVector.fromArray(F64, hi, c);
      for (int k = 0; k < n; k++) {
        h = h.add(widen(a, at[k] + c).abs());
      }
      h.intoArray(hi, c);
    }
  }
}
