package dev.norma.cpu;

import static dev.norma.cpu.Species.F32;
import static dev.norma.cpu.Species.F64;
import static dev.norma.cpu.Species.WIDTH;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Functions with few values, of neighbouring elements by SIMD, from one Java array to the same
 * place or another array: SIGN and TIE, the gradients of L1 and L∞. The values are rounded once, so
 * that binary32 elements are compared as they are. The loops end with {@code !=} for the reason
 * given at {@link Kernel}.
 */
final class ChoiceKernel {
  private ChoiceKernel() {}

  /** Writes c with the sign of {@code x[at + i]}, for n elements: c − c for 0, and NaN for NaN. */
  static void signs(double[] x, int at, int n, double c, double[] out, int to) {
    double plus = canonical(c);
    double minus = canonical(-c);
    double none = zero(c);
    int whole = n - n % WIDTH;
    for (int i = 0; i != whole; i += WIDTH) {
      DoubleVector v = DoubleVector.fromArray(F64, x, at + i);
      DoubleVector.broadcast(F64, none)
          .blend(plus, v.compare(VectorOperators.GT, 0))
          .blend(minus, v.compare(VectorOperators.LT, 0))
          .blend(Double.NaN, v.compare(VectorOperators.NE, v))
          .intoArray(out, to + i);
    }
    for (int i = whole; i < n; i++) {
      double v = x[at + i];
      out[to + i] = v > 0 ? plus : v < 0 ? minus : v == 0 ? none : Double.NaN;
    }
  }

  /** Does the same for binary32 numbers. */
  static void signs(float[] x, int at, int n, double c, float[] out, int to) {
    float plus = ElementWriter.toFloat(c);
    float minus = ElementWriter.toFloat(-c);
    float none = (float) zero(c);
    int whole = n - n % F32.length();
    for (int i = 0; i != whole; i += F32.length()) {
      FloatVector v = FloatVector.fromArray(F32, x, at + i);
      FloatVector.broadcast(F32, none)
          .blend(plus, v.compare(VectorOperators.GT, 0))
          .blend(minus, v.compare(VectorOperators.LT, 0))
          .blend(Float.NaN, v.compare(VectorOperators.NE, v))
          .intoArray(out, to + i);
    }
    for (int i = whole; i < n; i++) {
      float v = x[at + i];
      out[to + i] = v > 0 ? plus : v < 0 ? minus : v == 0 ? none : Float.NaN;
    }
  }

  /** Writes c, with the sign of the element, where its size is m, and c − c elsewhere. */
  static void ties(double[] x, int at, int n, double m, double c, double[] out, int to) {
    double plus = canonical(c);
    double minus = canonical(-c);
    double none = zero(c);
    int whole = n - n % WIDTH;
    for (int i = 0; i != whole; i += WIDTH) {
      DoubleVector v = DoubleVector.fromArray(F64, x, at + i);
      DoubleVector signed =
          DoubleVector.broadcast(F64, plus).blend(minus, v.compare(VectorOperators.LT, 0));
      DoubleVector.broadcast(F64, none)
          .blend(signed, v.abs().compare(VectorOperators.EQ, m))
          .intoArray(out, to + i);
    }
    for (int i = whole; i < n; i++) {
      double v = x[at + i];
      out[to + i] = Math.abs(v) != m ? none : v < 0 ? minus : plus;
    }
  }

  /** Does the same for binary32 numbers. */
  static void ties(float[] x, int at, int n, double m, double c, float[] out, int to) {
    float size = exactly(m);
    float plus = ElementWriter.toFloat(c);
    float minus = ElementWriter.toFloat(-c);
    float none = (float) zero(c);
    int whole = n - n % F32.length();
    for (int i = 0; i != whole; i += F32.length()) {
      FloatVector v = FloatVector.fromArray(F32, x, at + i);
      FloatVector signed =
          FloatVector.broadcast(F32, plus).blend(minus, v.compare(VectorOperators.LT, 0));
      FloatVector.broadcast(F32, none)
          .blend(signed, v.abs().compare(VectorOperators.EQ, size))
          .intoArray(out, to + i);
    }
    for (int i = whole; i < n; i++) {
      float v = x[at + i];
      out[to + i] = Math.abs(v) != size ? none : v < 0 ? minus : plus;
    }
  }

  /** Returns how many of n elements have the size m. */
  static int count(double[] x, int at, int n, double m) {
    int count = 0;
    int whole = n - n % WIDTH;
    for (int i = 0; i != whole; i += WIDTH) {
      DoubleVector v = DoubleVector.fromArray(F64, x, at + i);
      count += v.abs().compare(VectorOperators.EQ, m).trueCount();
    }
    for (int i = whole; i < n; i++) {
      count += Math.abs(x[at + i]) == m ? 1 : 0;
    }
    return count;
  }

  /** Does the same for binary32 numbers. */
  static int count(float[] x, int at, int n, double m) {
    float size = exactly(m);
    int count = 0;
    int whole = n - n % F32.length();
    for (int i = 0; i != whole; i += F32.length()) {
      FloatVector v = FloatVector.fromArray(F32, x, at + i);
      count += v.abs().compare(VectorOperators.EQ, size).trueCount();
    }
    for (int i = whole; i < n; i++) {
      count += Math.abs(x[at + i]) == size ? 1 : 0;
    }
    return count;
  }

  /** Returns the binary32 number, or NaN, which equals nothing, where m is none. */
  private static float exactly(double m) {
    return (float) m == m ? (float) m : Float.NaN;
  }

  private static double zero(double c) {
    return Double.isFinite(c) ? 0 : Double.NaN;
  }

  private static double canonical(double y) {
    return Double.isNaN(y) ? Double.NaN : y;
  }
}
