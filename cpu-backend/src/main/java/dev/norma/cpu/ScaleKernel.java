package dev.norma.cpu;

import static dev.norma.cpu.Species.F32;
import static dev.norma.cpu.Species.F64;
import static dev.norma.cpu.Species.WIDTH;

import dev.norma.ElementType;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Multiples of neighbouring elements by SIMD, from one Java array to the same place or another
 * array: the gradient of the L2 norm, where elements and norm are neither huge nor tiny. The loops
 * end with {@code !=} for the reason given at {@link Kernel}.
 */
final class ScaleKernel {
  private static final int SMALL = ShortMultiple.small(ElementType.F32);

  private ScaleKernel() {}

  /** Writes {@code x[at + i]} · (hi + lo) for n elements. */
  static void scale(double[] x, int at, int n, double hi, double lo, double[] out, int to) {
    int whole = n - n % (2 * WIDTH);
    if (lo == 0) {
      multiply(x, at, whole, hi, out, to);
    } else {
      multiply(x, at, whole, hi, lo, out, to);
    }
    for (int i = whole; i < n; i++) {
      double y = scaled(x[at + i], hi, lo);
      out[to + i] = Double.isNaN(y) ? Double.NaN : y;
    }
  }

  /** Writes {@link ShortMultiple}s of n elements. */
  static void scale(float[] x, int at, int n, double factor, float[] out, int to) {
    float head = ShortMultiple.head(factor);
    float rest = ShortMultiple.rest(factor);
    int whole = n - n % (2 * WIDTH);
    if (rest == 0) {
      multiply(x, at, whole, head, out, to);
    } else {
      int i = 0;
      while (i != whole) {
        i = multiply(x, at, i, whole, factor, out, to);
        i = multiplySmall(x, at, i, whole, factor, out, to);
      }
    }
    for (int i = whole; i < n; i++) {
      out[to + i] = ElementWriter.toFloat(ShortMultiple.of(x[at + i], factor, SMALL));
    }
  }

  /** Tells which {@link ShortMultiple}s are too small for binary32. */
  static VectorMask<Integer> areSmall(FloatVector y, int small) {
    IntVector bits = y.reinterpretAsInts();
    return bits.add(bits).sub(1).compare(VectorOperators.ULT, small);
  }

  private static double scaled(double x, double hi, double lo) {
    return lo == 0 ? x * hi : Math.fma(x, hi, x * lo);
  }

  private static void multiply(double[] x, int at, int whole, double hi, double[] out, int to) {
    DoubleVector h = DoubleVector.broadcast(F64, hi);
    for (int i = 0; i != whole; i += 2 * WIDTH) {
      DoubleVector y0 = DoubleVector.fromArray(F64, x, at + i).mul(h);
      DoubleVector y1 = DoubleVector.fromArray(F64, x, at + i + WIDTH).mul(h);
      y0.blend(Double.NaN, y0.compare(VectorOperators.NE, y0)).intoArray(out, to + i);
      y1.blend(Double.NaN, y1.compare(VectorOperators.NE, y1)).intoArray(out, to + i + WIDTH);
    }
  }

  private static void multiply(
      double[] x, int at, int whole, double hi, double lo, double[] out, int to) {
    DoubleVector h = DoubleVector.broadcast(F64, hi);
    DoubleVector l = DoubleVector.broadcast(F64, lo);
    for (int i = 0; i != whole; i += 2 * WIDTH) {
      DoubleVector x0 = DoubleVector.fromArray(F64, x, at + i);
      DoubleVector x1 = DoubleVector.fromArray(F64, x, at + i + WIDTH);
      DoubleVector y0 = x0.fma(h, x0.mul(l));
      DoubleVector y1 = x1.fma(h, x1.mul(l));
      y0.blend(Double.NaN, y0.compare(VectorOperators.NE, y0)).intoArray(out, to + i);
      y1.blend(Double.NaN, y1.compare(VectorOperators.NE, y1)).intoArray(out, to + i + WIDTH);
    }
  }

  private static void multiply(float[] x, int at, int whole, float head, float[] out, int to) {
    FloatVector h = FloatVector.broadcast(F32, head);
    for (int i = 0; i != whole; i += 2 * WIDTH) {
      FloatVector y = FloatVector.fromArray(F32, x, at + i).mul(h);
      y.blend(Float.NaN, y.compare(VectorOperators.NE, y)).intoArray(out, to + i);
    }
  }

  /** Multiplies up to the first few of which one is too small, and returns where they are. */
  private static int multiply(
      float[] x, int at, int from, int whole, double factor, float[] out, int to) {
    FloatVector h = FloatVector.broadcast(F32, ShortMultiple.head(factor));
    FloatVector r = FloatVector.broadcast(F32, ShortMultiple.rest(factor));
    for (int i = from; i != whole; i += 2 * WIDTH) {
      FloatVector v = FloatVector.fromArray(F32, x, at + i);
      FloatVector y = v.fma(h, v.mul(r));
      if (areSmall(y, SMALL).anyTrue()) {
        return i;
      }
      y.blend(Float.NaN, y.compare(VectorOperators.NE, y)).intoArray(out, to + i);
    }
    return whole;
  }

  /** Multiplies up to the first few of which none is too small, and returns where they are. */
  private static int multiplySmall(
      float[] x, int at, int from, int whole, double factor, float[] out, int to) {
    FloatVector h = FloatVector.broadcast(F32, ShortMultiple.head(factor));
    FloatVector r = FloatVector.broadcast(F32, ShortMultiple.rest(factor));
    for (int i = from; i != whole; i += 2 * WIDTH) {
      FloatVector v = FloatVector.fromArray(F32, x, at + i);
      FloatVector y = v.fma(h, v.mul(r));
      VectorMask<Integer> small = areSmall(y, SMALL);
      if (!small.anyTrue()) {
        return i;
      }
      y.blend(inBinary64(v, factor), small.cast(F32))
          .blend(Float.NaN, y.compare(VectorOperators.NE, y))
          .intoArray(out, to + i);
    }
    return whole;
  }

  private static FloatVector inBinary64(FloatVector v, double factor) {
    IntVector near =
        ((FloatVector) half(v, 0).mul(factor).convertShape(VectorOperators.D2F, F32, 0))
            .reinterpretAsInts();
    IntVector far =
        ((FloatVector) half(v, 1).mul(factor).convertShape(VectorOperators.D2F, F32, -1))
            .reinterpretAsInts();
    return near.or(far).reinterpretAsFloats();
  }

  private static DoubleVector half(FloatVector v, int part) {
    return (DoubleVector) v.convertShape(VectorOperators.F2D, F64, part);
  }
}
