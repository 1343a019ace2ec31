package dev.norma.benchmarks;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Reads memory and does as little else as is possible: the exclusive or of the bits of all
 * elements, by whole vectors into four accumulators. How fast that goes is what a norm is measured
 * against.
 */
final class Probe {
  private static final VectorSpecies<Double> F64 = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> F32 = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Long> I64 = LongVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> I32 = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Short> I16 = ShortVector.SPECIES_PREFERRED;

  private Probe() {}

  /** Returns the exclusive or of the bits of elements {@code from} to {@code to} (exclusive). */
  static long xor(Object array, int from, int to) {
    if (array instanceof double[] doubles) {
      return xor(doubles, from, to);
    }
    if (array instanceof float[] floats) {
      return xor(floats, from, to);
    }
    return xor((short[]) array, from, to);
  }

  private static long xor(double[] a, int from, int to) {
    int width = F64.length();
    LongVector x0 = LongVector.zero(I64);
    LongVector x1 = x0;
    LongVector x2 = x0;
    LongVector x3 = x0;
    int i = from;
    for (; i <= to - 4 * width; i += 4 * width) {
      x0 = xor(x0, DoubleVector.fromArray(F64, a, i));
      x1 = xor(x1, DoubleVector.fromArray(F64, a, i + width));
      x2 = xor(x2, DoubleVector.fromArray(F64, a, i + 2 * width));
      x3 = xor(x3, DoubleVector.fromArray(F64, a, i + 3 * width));
    }
    LongVector x = x0.lanewise(VectorOperators.XOR, x1).lanewise(VectorOperators.XOR, x2);
    long result = x.lanewise(VectorOperators.XOR, x3).reduceLanes(VectorOperators.XOR);
    for (; i < to; i++) {
      result ^= Double.doubleToRawLongBits(a[i]);
    }
    return result;
  }

  private static LongVector xor(LongVector x, DoubleVector y) {
    return x.lanewise(VectorOperators.XOR, y.reinterpretAsLongs());
  }

  private static long xor(float[] a, int from, int to) {
    int width = F32.length();
    IntVector x0 = IntVector.zero(I32);
    IntVector x1 = x0;
    IntVector x2 = x0;
    IntVector x3 = x0;
    int i = from;
    for (; i <= to - 4 * width; i += 4 * width) {
      x0 = xor(x0, FloatVector.fromArray(F32, a, i));
      x1 = xor(x1, FloatVector.fromArray(F32, a, i + width));
      x2 = xor(x2, FloatVector.fromArray(F32, a, i + 2 * width));
      x3 = xor(x3, FloatVector.fromArray(F32, a, i + 3 * width));
    }
    IntVector x = x0.lanewise(VectorOperators.XOR, x1).lanewise(VectorOperators.XOR, x2);
    int result = x.lanewise(VectorOperators.XOR, x3).reduceLanes(VectorOperators.XOR);
    for (; i < to; i++) {
      result ^= Float.floatToRawIntBits(a[i]);
    }
    return Integer.toUnsignedLong(result);
  }

  private static IntVector xor(IntVector x, FloatVector y) {
    return x.lanewise(VectorOperators.XOR, y.reinterpretAsInts());
  }

  private static long xor(short[] a, int from, int to) {
    int width = I16.length();
    ShortVector x0 = ShortVector.zero(I16);
    ShortVector x1 = x0;
    ShortVector x2 = x0;
    ShortVector x3 = x0;
    int i = from;
    for (; i <= to - 4 * width; i += 4 * width) {
      x0 = x0.lanewise(VectorOperators.XOR, ShortVector.fromArray(I16, a, i));
      x1 = x1.lanewise(VectorOperators.XOR, ShortVector.fromArray(I16, a, i + width));
      x2 = x2.lanewise(VectorOperators.XOR, ShortVector.fromArray(I16, a, i + 2 * width));
      x3 = x3.lanewise(VectorOperators.XOR, ShortVector.fromArray(I16, a, i + 3 * width));
    }
    ShortVector x = x0.lanewise(VectorOperators.XOR, x1).lanewise(VectorOperators.XOR, x2);
    int result = x.lanewise(VectorOperators.XOR, x3).reduceLanes(VectorOperators.XOR);
    for (; i < to; i++) {
      result ^= a[i];
    }
    return Short.toUnsignedLong((short) result);
  }
}
