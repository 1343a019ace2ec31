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
    for (int end = base + n - n % WIDTH; i != end; i += WIDTH) {
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
    for (int end = base + n - n % F32.length(); i != end; i += F32.length()) {
      count += FloatVector.fromArray(F32, a, i).compare(VectorOperators.NE, 0).trueCount();
    }
    for (; i < base + n; i++) {
      count += a[i] != 0 ? 1 : 0;
    }
    return count;
  }

  @Override
  void addRow(double[] a, int at, int from, int to, double[] hi, double[] lo) {
    for (int c = from; c < to; c += WIDTH) {
      DoubleVector count = DoubleVector.fromArray(F64, hi, c);
      count
          .add(1, DoubleVector.fromArray(F64, a, at + c).compare(VectorOperators.NE, 0))
          .intoArray(hi, c);
    }
  }

  @Override
  void addFourRows(
      double[] a, int at0, int at1, int at2, int at3, int to, double[] hi, double[] lo) {
    for (int c = 0; c < to; c += WIDTH) {
      DoubleVector count = DoubleVector.fromArray(F64, hi, c);
      count = count.add(1, DoubleVector.fromArray(F64, a, at0 + c).compare(VectorOperators.NE, 0));
      count = count.add(1, DoubleVector.fromArray(F64, a, at1 + c).compare(VectorOperators.NE, 0));
      count = count.add(1, DoubleVector.fromArray(F64, a, at2 + c).compare(VectorOperators.NE, 0));
      count
          .add(1, DoubleVector.fromArray(F64, a, at3 + c).compare(VectorOperators.NE, 0))
          .intoArray(hi, c);
    }
  }

  @Override
  void addRow(float[] a, int at, int from, int to, double[] hi, double[] lo) {
    for (int c = from; c < to; c += WIDTH) {
      DoubleVector count = DoubleVector.fromArray(F64, hi, c);
      count.add(1, SumKernel.widen(a, at + c).compare(VectorOperators.NE, 0)).intoArray(hi, c);
    }
  }

  @Override
  void addFourRows(
      float[] a, int at0, int at1, int at2, int at3, int to, double[] hi, double[] lo) {
    for (int c = 0; c < to; c += WIDTH) {
      DoubleVector count = DoubleVector.fromArray(F64, hi, c);
      count = count.add(1, SumKernel.widen(a, at0 + c).compare(VectorOperators.NE, 0));
      count = count.add(1, SumKernel.widen(a, at1 + c).compare(VectorOperators.NE, 0));
      count = count.add(1, SumKernel.widen(a, at2 + c).compare(VectorOperators.NE, 0));
      count.add(1, SumKernel.widen(a, at3 + c).compare(VectorOperators.NE, 0)).intoArray(hi, c);
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
