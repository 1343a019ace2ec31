package dev.norma.cpu;

import static dev.norma.cpu.ChunkFold.LANES;
import static dev.norma.cpu.Species.F64;
import static dev.norma.cpu.Species.WIDTH;

import jdk.incubator.vector.DoubleVector;

/** Σ x²: pairs hi + lo for binary64, plain binary64 for the shorter types. */
final class SquareSumKernel extends SumKernel {
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
          DoubleVector x0 = DoubleVector.fromArray(F64, source, i);
          DoubleVector square0 = x0.mul(x0);
          DoubleVector sum0 = hi0.add(square0);
          lo0 = lo0.add(LaneFold.sumError(hi0, square0, sum0).add(x0.fma(x0, square0.neg())));
          hi0 = sum0;
          DoubleVector x1 = DoubleVector.fromArray(F64, source, i + WIDTH);
          DoubleVector square1 = x1.mul(x1);
          DoubleVector sum1 = hi1.add(square1);
          lo1 = lo1.add(LaneFold.sumError(hi1, square1, sum1).add(x1.fma(x1, square1.neg())));
          hi1 = sum1;
          DoubleVector x2 = DoubleVector.fromArray(F64, source, i + 2 * WIDTH);
          DoubleVector square2 = x2.mul(x2);
          DoubleVector sum2 = hi2.add(square2);
          lo2 = lo2.add(LaneFold.sumError(hi2, square2, sum2).add(x2.fma(x2, square2.neg())));
          hi2 = sum2;
          DoubleVector x3 = DoubleVector.fromArray(F64, source, i + 3 * WIDTH);
          DoubleVector square3 = x3.mul(x3);
          DoubleVector sum3 = hi3.add(square3);
          lo3 = lo3.add(LaneFold.sumError(hi3, square3, sum3).add(x3.fma(x3, square3.neg())));
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
          DoubleVector x0 = widen(source, i);
          hi0 = x0.fma(x0, hi0);
          DoubleVector x1 = widen(source, i + WIDTH);
          hi1 = x1.fma(x1, hi1);
          DoubleVector x2 = widen(source, i + 2 * WIDTH);
          hi2 = x2.fma(x2, hi2);
          DoubleVector x3 = widen(source, i + 3 * WIDTH);
          hi3 = x3.fma(x3, hi3);
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
        DoubleVector x = DoubleVector.fromArray(F64, a, at[k] + c);
        DoubleVector square = x.mul(x);
        DoubleVector sum = h.add(square);
        l = l.add(LaneFold.sumError(h, square, sum).add(x.fma(x, square.neg())));
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
        DoubleVector x = widen(a, at[k] + c);
        h = x.fma(x, h);
      }
      h.intoArray(hi, c);
    }
  }
}
