package dev.norma.cpu;

import static dev.norma.cpu.Species.F32;
import static dev.norma.cpu.Species.F64;
import static dev.norma.cpu.Species.I32;
import static dev.norma.cpu.Species.I64;
import static dev.norma.cpu.Species.WIDTH;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/**
 * max |x| or min |x|, as the largest of integer keys: a floating-point maximum may drop a NaN, and
 * is slower.
 *
 * <p>For the maximum a key is the bits without the sign: they are ordered like the numbers, and
 * every NaN lies above infinity. For the minimum it is the distance of these bits from those of
 * infinity, modulo 2<sup>63</sup>: then smaller numbers have larger keys, and every NaN the largest
 * of all. Both are {@code ((bits ^ flip) + shift) & VALUE}, and the same again turns a key back.
 */
final class ExtremeKernel extends Kernel {
  private static final long VALUE64 = Long.MAX_VALUE;
  private static final int VALUE32 = Integer.MAX_VALUE;
  private static final long INFINITY64 = 0x7FF0000000000000L;
  private static final int INFINITY32 = 0x7F800000;

  private final boolean smallest;
  private final long flip64;
  private final long shift64;
  private final int flip32;
  private final int shift32;

  ExtremeKernel(boolean smallest) {
    this.smallest = smallest;
    flip64 = smallest ? -1 : 0;
    shift64 = smallest ? INFINITY64 + 1 : 0;
    flip32 = smallest ? -1 : 0;
    shift32 = smallest ? INFINITY32 + 1 : 0;
  }

  @Override
  void rows(
      double[] a, int offset, int stride, int rows, int n, double[] hi, double[] lo, int out) {
    for (int row = 0; row < rows; row++) {
      hi[out + row] = Double.longBitsToDouble(key(largestKey(a, offset + row * stride, n)));
    }
  }

  private long largestKey(double[] a, int base, int n) {
    LongVector max0 = LongVector.zero(I64);
    LongVector max1 = max0;
    LongVector max2 = max0;
    LongVector max3 = max0;
    int i = base;
    for (int end = base + n - n % (4 * WIDTH); i != end; i += 4 * WIDTH) {
      max0 = max0.max(keys(a, i));
      max1 = max1.max(keys(a, i + WIDTH));
      max2 = max2.max(keys(a, i + 2 * WIDTH));
      max3 = max3.max(keys(a, i + 3 * WIDTH));
    }
    for (int end = base + n - n % WIDTH; i != end; i += WIDTH) {
      max0 = max0.max(keys(a, i));
    }
    long max = max0.max(max1).max(max2.max(max3)).reduceLanes(VectorOperators.MAX);
    for (; i < base + n; i++) {
      max = Math.max(max, key(Double.doubleToRawLongBits(a[i])));
    }
    return max;
  }

  private LongVector keys(double[] a, int i) {
    return keys(DoubleVector.fromArray(F64, a, i).reinterpretAsLongs());
  }

  private LongVector keys(LongVector bits) {
    return bits.lanewise(VectorOperators.XOR, flip64).add(shift64).and(VALUE64);
  }

  private long key(long bits) {
    return ((bits ^ flip64) + shift64) & VALUE64;
  }

  @Override
  void rows(float[] a, int offset, int stride, int rows, int n, double[] hi, double[] lo, int out) {
    for (int row = 0; row < rows; row++) {
      hi[out + row] = Float.intBitsToFloat(key(largestKey(a, offset + row * stride, n)));
    }
  }

  private int largestKey(float[] a, int base, int n) {
    int width = F32.length();
    IntVector max0 = IntVector.zero(I32);
    IntVector max1 = max0;
    IntVector max2 = max0;
    IntVector max3 = max0;
    int i = base;
    for (int end = base + n - n % (4 * width); i != end; i += 4 * width) {
      max0 = max0.max(keys(a, i));
      max1 = max1.max(keys(a, i + width));
      max2 = max2.max(keys(a, i + 2 * width));
      max3 = max3.max(keys(a, i + 3 * width));
    }
    for (int end = base + n - n % width; i != end; i += width) {
      max0 = max0.max(keys(a, i));
    }
    int max = max0.max(max1).max(max2.max(max3)).reduceLanes(VectorOperators.MAX);
    for (; i < base + n; i++) {
      max = Math.max(max, key(Float.floatToRawIntBits(a[i])));
    }
    return max;
  }

  private IntVector keys(float[] a, int i) {
    return FloatVector.fromArray(F32, a, i)
        .reinterpretAsInts()
        .lanewise(VectorOperators.XOR, flip32)
        .add(shift32)
        .and(VALUE32);
  }

  private int key(int bits) {
    return ((bits ^ flip32) + shift32) & VALUE32;
  }

  @Override
  double neutral() {
    return smallest ? Double.POSITIVE_INFINITY : 0;
  }

  @Override
  void addRow(double[] a, int at, int from, int to, double[] hi, double[] lo) {
    for (int c = from; c < to; c += WIDTH) {
      keys(keys(hi, c).max(keys(a, at + c))).reinterpretAsDoubles().intoArray(hi, c);
    }
  }

  @Override
  void addFourRows(
      double[] a, int at0, int at1, int at2, int at3, int to, double[] hi, double[] lo) {
    for (int c = 0; c < to; c += WIDTH) {
      LongVector max = keys(hi, c).max(keys(a, at0 + c)).max(keys(a, at1 + c));
      max = max.max(keys(a, at2 + c)).max(keys(a, at3 + c));
      keys(max).reinterpretAsDoubles().intoArray(hi, c);
    }
  }

  private LongVector wideKeys(float[] a, int i) {
    return keys(SumKernel.widen(a, i).reinterpretAsLongs());
  }

  @Override
  void addRow(float[] a, int at, int from, int to, double[] hi, double[] lo) {
    for (int c = from; c < to; c += WIDTH) {
      keys(keys(hi, c).max(wideKeys(a, at + c))).reinterpretAsDoubles().intoArray(hi, c);
    }
  }

  @Override
  void addFourRows(
      float[] a, int at0, int at1, int at2, int at3, int to, double[] hi, double[] lo) {
    for (int c = 0; c < to; c += WIDTH) {
      LongVector max = keys(hi, c).max(wideKeys(a, at0 + c)).max(wideKeys(a, at1 + c));
      max = max.max(wideKeys(a, at2 + c)).max(wideKeys(a, at3 + c));
      keys(max).reinterpretAsDoubles().intoArray(hi, c);
    }
  }

  @Override
  void fold(
      double[] hi, double[] lo, double[] otherHi, double[] otherLo, int width, boolean pairs) {
    for (int c = 0; c < width; c++) {
      hi[c] = smallest ? Math.min(hi[c], otherHi[c]) : Math.max(hi[c], otherHi[c]);
    }
  }
}
