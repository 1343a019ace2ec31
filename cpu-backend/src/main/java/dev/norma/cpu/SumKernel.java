package dev.norma.cpu;

import static dev.norma.cpu.ChunkFold.LANES;
import static dev.norma.cpu.Species.F32_HALF;
import static dev.norma.cpu.Species.F64;
import static dev.norma.cpu.Species.WIDTH;

import dev.norma.spi.DoubleDouble;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * What the sums of numbers and of squares have in common: rows are summed into lanes and folded.
 */
abstract class SumKernel extends Kernel {
  /** The lanes of the row at hand. */
  final LaneFold lanes = new LaneFold();

  /** The last numbers of a row, where they are less than a vector, filled up with zeros. */
  private final double[] tail64 = new double[WIDTH];

  private final float[] tail32 = new float[WIDTH];

  /** Sums the whole blocks of 32 among the n numbers from {@code a[base]} on into the lanes. */
  abstract void lanes(double[] a, int base, int n);

  /** Does the same for numbers of the shorter types, into the leading parts of the lanes. */
  abstract void lanes(float[] a, int base, int n);

  @Override
  final void rows(
      double[] a, int offset, int stride, int rows, int n, double[] hi, double[] lo, int out) {
    for (int row = 0; row < rows; row++) {
      lanes(a, offset + row * stride, n);
      tail(a, offset + row * stride, n);
      lanes.foldPairs(hi, lo, out + row);
    }
  }

  @Override
  final void rows(
      float[] a, int offset, int stride, int rows, int n, double[] hi, double[] lo, int out) {
    for (int row = 0; row < rows; row++) {
      lanes(a, offset + row * stride, n);
      tail(a, offset + row * stride, n);
      lanes.foldPlain(hi, out + row);
    }
  }

  /** Loads as many binary32 numbers as a vector holds binary64, and widens them. */
  static DoubleVector widen(float[] a, int i) {
    return (DoubleVector)
        FloatVector.fromArray(F32_HALF, a, i).convertShape(VectorOperators.F2D, F64, 0);
  }

  /** Adds what is left of a row behind its last whole block. */
  private void tail(double[] a, int base, int n) {
    int rest = n % LANES;
    if (rest == 0) {
      return;
    }
    int whole = rest - rest % WIDTH;
    addRow(a, base + n - rest, 0, whole, lanes.hi, lanes.lo);
    if (whole < rest) {
      System.arraycopy(a, base + n - rest + whole, tail64, 0, rest - whole);
      Arrays.fill(tail64, rest - whole, WIDTH, 0);
      addRow(tail64, -whole, whole, rest, lanes.hi, lanes.lo);
    }
  }

  /** Adds what is left of a row behind its last whole block. */
  private void tail(float[] a, int base, int n) {
    int rest = n % LANES;
    if (rest == 0) {
      return;
    }
    int whole = rest - rest % WIDTH;
    addRow(a, base + n - rest, 0, whole, lanes.hi, lanes.lo);
    if (whole < rest) {
      System.arraycopy(a, base + n - rest + whole, tail32, 0, rest - whole);
      Arrays.fill(tail32, rest - whole, WIDTH, 0);
      addRow(tail32, -whole, whole, rest, lanes.hi, lanes.lo);
    }
  }

  @Override
  final void fold(
      double[] hi, double[] lo, double[] otherHi, double[] otherLo, int width, boolean pairs) {
    for (int c = 0; c < width; c++) {
      double sum = hi[c] + otherHi[c];
      if (pairs) {
        lo[c] = (lo[c] + otherLo[c]) + DoubleDouble.sumError(hi[c], otherHi[c], sum);
      }
      hi[c] = sum;
    }
  }
}
