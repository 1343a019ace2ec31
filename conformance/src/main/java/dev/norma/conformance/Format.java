package dev.norma.conformance;

import dev.norma.ElementType;
import dev.norma.Elements;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What the kit knows of an element type: its limits, rounding to it, and writing it to memory.
 *
 * @param type the type
 * @param precision bits of the significand, with the hidden one
 * @param minExponent exponent of the smallest normal number
 * @param maxExponent exponent of the largest number
 */
public record Format(ElementType type, int precision, int minExponent, int maxExponent) {
  /** Returns the format of a type. */
  public static Format of(ElementType type) {
    return switch (type) {
      case F64 -> new Format(type, 53, -1022, 1023);
      case F32 -> new Format(type, 24, -126, 127);
      case F16 -> new Format(type, 11, -14, 15);
      case BF16 -> new Format(type, 8, -126, 127);
    };
  }

  /** Returns the smallest positive number. */
  public double smallest() {
    return Math.scalb(1.0, minExponent - precision + 1);
  }

  /** Returns the smallest positive normal number. */
  public double smallestNormal() {
    return Math.scalb(1.0, minExponent);
  }

  /** Returns the largest finite number. */
  public double largest() {
    return Math.scalb(2 - ulpOfOne(), maxExponent);
  }

  /** Returns the distance from 1 to the next larger number. */
  public double ulpOfOne() {
    return Math.scalb(1.0, 1 - precision);
  }

  /** Returns the number of this format nearest to a finite one, the largest one at most. */
  public double nearest(double x) {
    if (x == 0 || type == ElementType.F64) {
      return x;
    }
    int exponent = Math.max(Math.getExponent(x), minExponent);
    int last = exponent - precision + 1;
    double rounded = Math.scalb(Math.rint(Math.scalb(x, -last)), last);
    return Math.clamp(rounded, -largest(), largest());
  }

  /**
   * Rounds as a backend does what it writes: to binary32, and from there to a type that is shorter
   * still, each to nearest, ties to even, and to infinity beyond the largest number.
   */
  public double written(double x) {
    return switch (type) {
      case F64, F32 -> rounded(x);
      case F16, BF16 -> rounded(of(ElementType.F32).rounded(x));
    };
  }

  private double rounded(double x) {
    if (x == 0 || !Double.isFinite(x) || type == ElementType.F64) {
      return x;
    }
    int exponent = Math.max(Math.getExponent(x), minExponent);
    if (exponent > maxExponent) {
      return Math.copySign(Double.POSITIVE_INFINITY, x);
    }
    int last = exponent - precision + 1;
    double rounded = Math.scalb(Math.rint(Math.scalb(x, -last)), last);
    return Math.abs(rounded) > largest() ? Math.copySign(Double.POSITIVE_INFINITY, x) : rounded;
  }

  /** Tells whether a number is one of this format. */
  public boolean holds(double x) {
    return !Double.isFinite(x) || (nearest(x) == x);
  }

  /** Returns an element as a backend sees it: what {@link #write} wrote, widened. */
  public double read(MemorySegment memory, long index) {
    return Elements.of(memory, type).get(index);
  }

  /** Writes a number of this format as an element; a NaN keeps its sign and upper bits. */
  public void write(MemorySegment memory, long index, double x) {
    long at = index * type.bytes();
    switch (type) {
      case F64 -> memory.set(ValueLayout.JAVA_LONG_UNALIGNED, at, Double.doubleToRawLongBits(x));
      case F32 -> memory.set(ValueLayout.JAVA_INT_UNALIGNED, at, floatBits(x));
      case F16 -> memory.set(ValueLayout.JAVA_SHORT_UNALIGNED, at, float16Bits(x));
      case BF16 -> memory.set(ValueLayout.JAVA_SHORT_UNALIGNED, at, (short) (floatBits(x) >>> 16));
    }
  }

  private int floatBits(double x) {
    return Double.isNaN(x) ? (int) nanBits(x, 32, 8) : Float.floatToRawIntBits((float) x);
  }

  private static short float16Bits(double x) {
    return Double.isNaN(x) ? (short) nanBits(x, 16, 5) : Float.floatToFloat16((float) x);
  }

  /** Cuts a NaN down without making it quiet; bits that all formats keep are set where none is. */
  private static long nanBits(double x, int bits, int exponentBits) {
    long raw = Double.doubleToRawLongBits(x);
    int fractionBits = bits - 1 - exponentBits;
    long fraction = (raw & 0xF_FFFF_FFFF_FFFFL) >>> (52 - fractionBits);
    long exponent = ((1L << exponentBits) - 1) << fractionBits;
    long lowest = 1L << (bits == 32 ? 16 : 0);
    long sign = (raw >>> 63) << (bits - 1);
    return sign | exponent | (fraction == 0 ? lowest : fraction);
  }
}
