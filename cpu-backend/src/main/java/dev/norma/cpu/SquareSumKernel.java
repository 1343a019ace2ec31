package dev.norma.cpu;

import static dev.norma.cpu.ChunkFold.LANES;
import static dev.norma.cpu.Species.F64;
import static dev.norma.cpu.Species.WIDTH;

import jdk.incubator.vector.DoubleVector;

/**
 * Σ x²: pairs hi + lo for binary64, plain binary64 for the shorter types. The steps are written
 * out, for the four vectors of a group and for four rows: vectors that pass through a loop or a
 * method of their own may end up on the heap.
 */
final class SquareSumKernel extends SumKernel {
  @Override
  void lanes(double[] a, int base, int n) {
    for (int group = 0; group < LANES; group += 4 * WIDTH) {
      int end = base + group + n - n % LANES;
      DoubleVector hi0 = DoubleVector.zero(F64);
      DoubleVector hi1 = DoubleVector.zero(F64);
      DoubleVector hi2 = DoubleVector.zero(F64);
      DoubleVector hi3 = DoubleVector.zero(F64);
      DoubleVector lo0 = DoubleVector.zero(F64);
      DoubleVector lo1 = DoubleVector.zero(F64);
      DoubleVector lo2 = DoubleVector.zero(F64);
      DoubleVector lo3 = DoubleVector.zero(F64);
      for (int i = base + group; i != end; i += LANES) {
        DoubleVector x0 = DoubleVector.fromArray(F64, a, i);
        DoubleVector square0 = x0.mul(x0);
        DoubleVector sum0 = hi0.add(square0);
        DoubleVector back0 = sum0.sub(hi0);
        lo0 =
            lo0.add(
                hi0.sub(sum0.sub(back0)).add(square0.sub(back0)).add(x0.fma(x0, square0.mul(-1))));
        hi0 = sum0;
        DoubleVector x1 = DoubleVector.fromArray(F64, a, i + WIDTH);
        DoubleVector square1 = x1.mul(x1);
        DoubleVector sum1 = hi1.add(square1);
        DoubleVector back1 = sum1.sub(hi1);
        lo1 =
            lo1.add(
                hi1.sub(sum1.sub(back1)).add(square1.sub(back1)).add(x1.fma(x1, square1.mul(-1))));
        hi1 = sum1;
        DoubleVector x2 = DoubleVector.fromArray(F64, a, i + 2 * WIDTH);
        DoubleVector square2 = x2.mul(x2);
        DoubleVector sum2 = hi2.add(square2);
        DoubleVector back2 = sum2.sub(hi2);
        lo2 =
            lo2.add(
                hi2.sub(sum2.sub(back2)).add(square2.sub(back2)).add(x2.fma(x2, square2.mul(-1))));
        hi2 = sum2;
        DoubleVector x3 = DoubleVector.fromArray(F64, a, i + 3 * WIDTH);
        DoubleVector square3 = x3.mul(x3);
        DoubleVector sum3 = hi3.add(square3);
        DoubleVector back3 = sum3.sub(hi3);
        lo3 =
            lo3.add(
                hi3.sub(sum3.sub(back3)).add(square3.sub(back3)).add(x3.fma(x3, square3.mul(-1))));
        hi3 = sum3;
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
    for (int group = 0; group < LANES; group += 4 * WIDTH) {
      int end = base + group + n - n % LANES;
      DoubleVector hi0 = DoubleVector.zero(F64);
      DoubleVector hi1 = DoubleVector.zero(F64);
      DoubleVector hi2 = DoubleVector.zero(F64);
      DoubleVector hi3 = DoubleVector.zero(F64);
      for (int i = base + group; i != end; i += LANES) {
        DoubleVector x0 = widen(a, i);
        hi0 = x0.fma(x0, hi0);
        DoubleVector x1 = widen(a, i + WIDTH);
        hi1 = x1.fma(x1, hi1);
        DoubleVector x2 = widen(a, i + 2 * WIDTH);
        hi2 = x2.fma(x2, hi2);
        DoubleVector x3 = widen(a, i + 3 * WIDTH);
        hi3 = x3.fma(x3, hi3);
      }
      hi0.intoArray(lanes.hi, group);
      hi1.intoArray(lanes.hi, group + WIDTH);
      hi2.intoArray(lanes.hi, group + 2 * WIDTH);
      hi3.intoArray(lanes.hi, group + 3 * WIDTH);
    }
  }

  @Override
  void addRow(double[] a, int at, int from, int to, double[] hi, double[] lo) {
    for (int c = from; c < to; c += WIDTH) {
      DoubleVector h = DoubleVector.fromArray(F64, hi, c);
      DoubleVector l = DoubleVector.fromArray(F64, lo, c);
      DoubleVector x0 = DoubleVector.fromArray(F64, a, at + c);
      DoubleVector square0 = x0.mul(x0);
      DoubleVector sum0 = h.add(square0);
      DoubleVector back0 = sum0.sub(h);
      DoubleVector error0 = h.sub(sum0.sub(back0)).add(square0.sub(back0));
      l = l.add(error0.add(x0.fma(x0, square0.mul(-1))));
      sum0.intoArray(hi, c);
      l.intoArray(lo, c);
    }
  }

  @Override
  void addFourRows(
      double[] a, int at0, int at1, int at2, int at3, int to, double[] hi, double[] lo) {
    for (int c = 0; c < to; c += WIDTH) {
      DoubleVector h = DoubleVector.fromArray(F64, hi, c);
      DoubleVector l = DoubleVector.fromArray(F64, lo, c);
      DoubleVector x0 = DoubleVector.fromArray(F64, a, at0 + c);
      DoubleVector square0 = x0.mul(x0);
      DoubleVector sum0 = h.add(square0);
      DoubleVector back0 = sum0.sub(h);
      DoubleVector error0 = h.sub(sum0.sub(back0)).add(square0.sub(back0));
      l = l.add(error0.add(x0.fma(x0, square0.mul(-1))));
      DoubleVector x1 = DoubleVector.fromArray(F64, a, at1 + c);
      DoubleVector square1 = x1.mul(x1);
      DoubleVector sum1 = sum0.add(square1);
      DoubleVector back1 = sum1.sub(sum0);
      DoubleVector error1 = sum0.sub(sum1.sub(back1)).add(square1.sub(back1));
      l = l.add(error1.add(x1.fma(x1, square1.mul(-1))));
      DoubleVector x2 = DoubleVector.fromArray(F64, a, at2 + c);
      DoubleVector square2 = x2.mul(x2);
      DoubleVector sum2 = sum1.add(square2);
      DoubleVector back2 = sum2.sub(sum1);
      DoubleVector error2 = sum1.sub(sum2.sub(back2)).add(square2.sub(back2));
      l = l.add(error2.add(x2.fma(x2, square2.mul(-1))));
      DoubleVector x3 = DoubleVector.fromArray(F64, a, at3 + c);
      DoubleVector square3 = x3.mul(x3);
      DoubleVector sum3 = sum2.add(square3);
      DoubleVector back3 = sum3.sub(sum2);
      DoubleVector error3 = sum2.sub(sum3.sub(back3)).add(square3.sub(back3));
      l = l.add(error3.add(x3.fma(x3, square3.mul(-1))));
      sum3.intoArray(hi, c);
      l.intoArray(lo, c);
    }
  }

  @Override
  void addRow(float[] a, int at, int from, int to, double[] hi, double[] lo) {
    for (int c = from; c < to; c += WIDTH) {
      DoubleVector h = DoubleVector.fromArray(F64, hi, c);
      DoubleVector x = widen(a, at + c);
      x.fma(x, h).intoArray(hi, c);
    }
  }

  @Override
  void addFourRows(
      float[] a, int at0, int at1, int at2, int at3, int to, double[] hi, double[] lo) {
    for (int c = 0; c < to; c += WIDTH) {
      DoubleVector h = DoubleVector.fromArray(F64, hi, c);
      DoubleVector x0 = widen(a, at0 + c);
      h = x0.fma(x0, h);
      DoubleVector x1 = widen(a, at1 + c);
      h = x1.fma(x1, h);
      DoubleVector x2 = widen(a, at2 + c);
      h = x2.fma(x2, h);
      DoubleVector x3 = widen(a, at3 + c);
      h = x3.fma(x3, h);
      h.intoArray(hi, c);
    }
  }
}
