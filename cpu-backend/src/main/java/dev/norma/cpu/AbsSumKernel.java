package dev.norma.cpu;

import static dev.norma.cpu.ChunkFold.LANES;
import static dev.norma.cpu.Species.F64;
import static dev.norma.cpu.Species.WIDTH;

import jdk.incubator.vector.DoubleVector;

/**
 * Σ |x|: pairs hi + lo for binary64, plain binary64 for the shorter types. The steps are written
 * out, for the four vectors of a group and for four rows: vectors that pass through a loop or a
 * method of their own may end up on the heap.
 */
final class AbsSumKernel extends SumKernel {
  /** All bits but the sign. */
  private static final long MAGNITUDE = Long.MAX_VALUE;

  /**
   * As {@code abs()}, which would load its mask from memory again and again: see {@link Kernel}.
   */
  private static DoubleVector magnitudes(double[] a, int i) {
    return DoubleVector.fromArray(F64, a, i)
        .reinterpretAsLongs()
        .and(MAGNITUDE)
        .reinterpretAsDoubles();
  }

  private static DoubleVector magnitudes(float[] a, int i) {
    return widen(a, i).reinterpretAsLongs().and(MAGNITUDE).reinterpretAsDoubles();
  }

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
        DoubleVector x0 = magnitudes(a, i);
        DoubleVector sum0 = hi0.add(x0);
        DoubleVector back0 = sum0.sub(hi0);
        lo0 = lo0.add(hi0.sub(sum0.sub(back0)).add(x0.sub(back0)));
        hi0 = sum0;
        DoubleVector x1 = magnitudes(a, i + WIDTH);
        DoubleVector sum1 = hi1.add(x1);
        DoubleVector back1 = sum1.sub(hi1);
        lo1 = lo1.add(hi1.sub(sum1.sub(back1)).add(x1.sub(back1)));
        hi1 = sum1;
        DoubleVector x2 = magnitudes(a, i + 2 * WIDTH);
        DoubleVector sum2 = hi2.add(x2);
        DoubleVector back2 = sum2.sub(hi2);
        lo2 = lo2.add(hi2.sub(sum2.sub(back2)).add(x2.sub(back2)));
        hi2 = sum2;
        DoubleVector x3 = magnitudes(a, i + 3 * WIDTH);
        DoubleVector sum3 = hi3.add(x3);
        DoubleVector back3 = sum3.sub(hi3);
        lo3 = lo3.add(hi3.sub(sum3.sub(back3)).add(x3.sub(back3)));
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
        hi0 = hi0.add(magnitudes(a, i));
        hi1 = hi1.add(magnitudes(a, i + WIDTH));
        hi2 = hi2.add(magnitudes(a, i + 2 * WIDTH));
        hi3 = hi3.add(magnitudes(a, i + 3 * WIDTH));
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
      DoubleVector x0 = magnitudes(a, at + c);
      DoubleVector sum0 = h.add(x0);
      DoubleVector back0 = sum0.sub(h);
      l = l.add(h.sub(sum0.sub(back0)).add(x0.sub(back0)));
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
      DoubleVector x0 = magnitudes(a, at0 + c);
      DoubleVector sum0 = h.add(x0);
      DoubleVector back0 = sum0.sub(h);
      l = l.add(h.sub(sum0.sub(back0)).add(x0.sub(back0)));
      DoubleVector x1 = magnitudes(a, at1 + c);
      DoubleVector sum1 = sum0.add(x1);
      DoubleVector back1 = sum1.sub(sum0);
      l = l.add(sum0.sub(sum1.sub(back1)).add(x1.sub(back1)));
      DoubleVector x2 = magnitudes(a, at2 + c);
      DoubleVector sum2 = sum1.add(x2);
      DoubleVector back2 = sum2.sub(sum1);
      l = l.add(sum1.sub(sum2.sub(back2)).add(x2.sub(back2)));
      DoubleVector x3 = magnitudes(a, at3 + c);
      DoubleVector sum3 = sum2.add(x3);
      DoubleVector back3 = sum3.sub(sum2);
      l = l.add(sum2.sub(sum3.sub(back3)).add(x3.sub(back3)));
      sum3.intoArray(hi, c);
      l.intoArray(lo, c);
    }
  }

  @Override
  void addRow(float[] a, int at, int from, int to, double[] hi, double[] lo) {
    for (int c = from; c < to; c += WIDTH) {
      DoubleVector h = DoubleVector.fromArray(F64, hi, c);
      h.add(magnitudes(a, at + c)).intoArray(hi, c);
    }
  }

  @Override
  void addFourRows(
      float[] a, int at0, int at1, int at2, int at3, int to, double[] hi, double[] lo) {
    for (int c = 0; c < to; c += WIDTH) {
      DoubleVector h = DoubleVector.fromArray(F64, hi, c);
      h = h.add(magnitudes(a, at0 + c));
      h = h.add(magnitudes(a, at1 + c));
      h = h.add(magnitudes(a, at2 + c));
      h = h.add(magnitudes(a, at3 + c));
      h.intoArray(hi, c);
    }
  }
}
