package dev.norma.cpu;

import static dev.norma.cpu.Species.F32;
import static dev.norma.cpu.Species.F64;
import static dev.norma.cpu.Species.WIDTH;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** How many numbers differ from zero; a NaN does, and −0.0 does not. */
final class NonzeroCountKernel extends Kernel {
  @Override
  void rows(
      double[] a, int offset, int stride, int rows, int n, double[] hi, double[] lo, int out) {
    for (int row = 0; row < rows; row++) {
      hi[out + row] = count(a, offset + row * stride, n);
    }
  }

  private static int count(double[] a, int base, int n) {
    int count = 0;
    int i = base;
    for (; i <= base + n - WIDTH; i += WIDTH) {
      count += DoubleVector.fromArray(F64, a, i).compare(VectorOperators.NE, 0).trueCount();
    }
    for (; i < base + n; i++) {
      count += a[i] != 0 ? 1 : 0;
    }
    return count;
  }

  @Override
  void rows(float[] a, int offset, int stride, int rows, int n, double[] hi, double[] lo, int out) {
    for (int row = 0; row < rows; row++) {
      hi[out + row] = count(a, offset + row * stride, n);
    }
  }

  private static int count(float[] a, int base, int n) {
    int count = 0;
    int i = base;
    for (; i <= base + n - F32.length(); i += F32.length()) {
      count += FloatVector.fromArray(F32, a, i).compare(VectorOperators.NE, 0).trueCount();
    }
    for (; i < base + n; i++) {
      count += a[i] != 0 ? 1 : 0;
    }
    return count;
  }

  @Override
  void addColumns(double[] a, int[] at, int n, int from, int to, double[] hi, double[] lo) {
    for (int c = from; c < to; c += WIDTH) {
      DoubleVector count = DoubleVector.fromArray(F64, hi, c);
      for (int k = 0; k < n; k++) {
        DoubleVector x = DoubleVector.fromArray(F64, a, at[k] + c);
        count = count.add(1, x.compare(VectorOperators.NE, 0));
      }
      count.intoArray(hi, c);
    }
  }

  @Override
  void addColumns(float[] a, int[] at, int n, int from, int to, double[] hi, double[] lo) {
    for (int c = from; c < to; c += WIDTH) {
      DoubleVector count = DoubleVector.fromArray(F64, hi, c);
      for (int k = 0; k < n; k++) {
        DoubleVector x = SumKernel.widen(a, at[k] + c);
        count = count.add(1, x.compare(VectorOperators.NE, 0));
      }
      count.intoArray(hi, c);
    }
  }

  @Override
  void fold(
      double[] hi, double[] lo, double[] otherHi, double[] otherLo, int width, boolean pairs) {
    for (int c = 0; c < width; c++) {
      hi[c] += otherHi[c];
    }
  }
}
