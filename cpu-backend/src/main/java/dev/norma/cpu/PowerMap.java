package dev.norma.cpu;

import static dev.norma.cpu.PowerStages.BLOCK;
import static dev.norma.cpu.Species.F64;
import static dev.norma.cpu.Species.WIDTH;

import dev.norma.spi.Log2Exp2;
import dev.norma.spi.PowerFactor;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Powers of elements times a factor by SIMD, over the whole range of numbers: operation for
 * operation those of {@link PowerFactor}. Used by one thread.
 */
final class PowerMap {
  /** The coefficients c, k, and the three of the scale are the last ones. */
  private static final int COMMON = 5;

  private static final double FARTHEST = PowerFactor.FARTHEST_LOG2;

  /** The exponent of the least power of two that is a normal number. */
  private static final double LEAST = Double.MIN_EXPONENT;

  private static final int MANTISSA_BITS = 52;

  /** Added to an integer, it makes the lowest bits those of the exponent of that power of two. */
  private static final double INTEGER_BIAS = 0x1p52 + 1023;

  private final double q;
  private final PowerStages stages = new PowerStages();

  /** The exponent of the power of two that a value is multiplied by at last, then of the rest. */
  private final double[] exponents = new double[BLOCK];

  private final double[] halves = new double[BLOCK];

  PowerMap(double q) {
    this.q = q;
  }

  /** Replaces x by c · 2^k · sgn(x) · (|x| / s)^q; the other array is used on the way. */
  void power(double[] x, double[] signs, int n, Coefficients c, int first) {
    for (int i = 0; i < n; i += WIDTH) {
      VectorMask<Double> negative =
          DoubleVector.fromArray(F64, x, i).compare(VectorOperators.LT, 0);
      DoubleVector.broadcast(F64, 1).blend(-1, negative).intoArray(signs, i);
    }
    times(x, signs, n, c, first);
  }

  /** Replaces x by c · 2^k · (|x| / s)^q · (w − x · b · e); that of w is left in its place. */
  void hessian(double[] x, double[] w, int n, Coefficients c, int first) {
    rest(x, w, n, c, first);
    if (q != 0) {
      times(x, w, n, c, first);
      return;
    }
    for (int from = 0; from < n; from += BLOCK) {
      int count = Math.min(BLOCK, n - from);
      timesOnly(x, w, from, count, c, first);
      scale(x, from, count);
    }
  }

  private static void rest(double[] x, double[] w, int n, Coefficients c, int first) {
    double[] factors = c.get(0);
    double[] befores = c.get(1);
    int step = c.step();
    for (int i = 0; i < n; i += WIDTH) {
      DoubleVector before = DoubleVector.fromArray(F64, befores, first + i * step);
      DoubleVector t = DoubleVector.fromArray(F64, x, i).mul(before).neg();
      t.fma(
              DoubleVector.fromArray(F64, factors, first + i * step),
              DoubleVector.fromArray(F64, w, i))
          .intoArray(w, i);
    }
  }

  /** Replaces x by c · w, where there is no power. */
  private void timesOnly(double[] x, double[] w, int from, int count, Coefficients c, int first) {
    double[] factors = c.get(c.count() - COMMON);
    double[] exponent = c.get(c.count() - COMMON + 1);
    for (int i = 0; i < count; i += WIDTH) {
      int at = first + (from + i) * c.step();
      DoubleVector factor = DoubleVector.fromArray(F64, factors, at);
      factor.mul(DoubleVector.fromArray(F64, w, from + i)).intoArray(x, from + i);
      DoubleVector.fromArray(F64, exponent, at).intoArray(exponents, i);
    }
  }

  /** Replaces x by c · 2^k · (|x| / s)^q · f. */
  private void times(double[] x, double[] f, int n, Coefficients c, int first) {
    for (int from = 0; from < n; from += BLOCK) {
      int count = Math.min(BLOCK, n - from);
      stages.logarithms(x, from, count, c, first + from * c.step());
      ratios(count, c, first + from * c.step());
      stages.exponentials(count);
      products(x, f, from, count, c, first);
      scale(x, from, count);
    }
  }

  /** Leaves in hi and lo the logarithm of each power, within what matters. */
  private void ratios(int count, Coefficients c, int first) {
    double[] rests = c.get(c.count() - 2);
    for (int i = 0; i < count; i += WIDTH) {
      DoubleVector logHi = DoubleVector.fromArray(F64, stages.hi, i);
      DoubleVector exponent = DoubleVector.fromArray(F64, stages.e, i);
      DoubleVector logLo =
          DoubleVector.fromArray(F64, stages.lo, i)
              .sub(DoubleVector.fromArray(F64, rests, first + i * c.step()));
      DoubleVector ratio = exponent.add(logHi);
      DoubleVector ratioLo = logHi.sub(ratio.sub(exponent)).add(logLo);
      DoubleVector factor = DoubleVector.broadcast(F64, q);
      DoubleVector product = factor.mul(ratio);
      DoubleVector productLo = factor.fma(ratioLo, factor.fma(ratio, product.neg()));
      DoubleVector y = product.add(productLo);
      VectorMask<Double> near = product.abs().compare(VectorOperators.LT, FARTHEST);
      DoubleVector farthest =
          DoubleVector.broadcast(F64, -FARTHEST)
              .blend(FARTHEST, product.compare(VectorOperators.GT, 0));
      farthest.blend(y, near).intoArray(stages.hi, i);
      DoubleVector.zero(F64).blend(productLo.sub(y.sub(product)), near).intoArray(stages.lo, i);
    }
  }

  /** Replaces x by the power's fraction times c and f; leaves what power of two is missing. */
  private void products(double[] x, double[] f, int from, int count, Coefficients c, int first) {
    double[] factors = c.get(c.count() - COMMON);
    double[] exponent = c.get(c.count() - COMMON + 1);
    for (int i = 0; i < count; i += WIDTH) {
      int at = first + (from + i) * c.step();
      DoubleVector fraction = DoubleVector.fromArray(F64, stages.e, i);
      DoubleVector hi = fraction.add(1);
      DoubleVector lo = fraction.sub(hi.sub(1)).add(DoubleVector.fromArray(F64, stages.eLo, i));
      DoubleVector factor = DoubleVector.fromArray(F64, factors, at);
      DoubleVector a = DoubleVector.fromArray(F64, x, from + i).abs();
      hi.fma(factor, lo.mul(factor))
          .mul(DoubleVector.fromArray(F64, f, from + i))
          .blend(factor.sub(factor), a.compare(VectorOperators.EQ, 0))
          .blend(factor.sub(factor), a.compare(VectorOperators.EQ, Double.POSITIVE_INFINITY))
          .intoArray(x, from + i);
      DoubleVector y = DoubleVector.fromArray(F64, stages.hi, i);
      y.add(Log2Exp2.ROUND_TO_INTEGER)
          .sub(Log2Exp2.ROUND_TO_INTEGER)
          .add(DoubleVector.fromArray(F64, exponent, at))
          .intoArray(exponents, i);
    }
  }

  /** Multiplies by the powers of two, in two steps, as {@link PowerFactor#scaled} does. */
  private void scale(double[] x, int from, int count) {
    for (int i = 0; i < count; i += WIDTH) {
      DoubleVector k = DoubleVector.fromArray(F64, exponents, i);
      DoubleVector power =
          k.blend(PowerFactor.LOWEST, k.compare(VectorOperators.LT, PowerFactor.LOWEST))
              .blend(PowerFactor.HIGHEST, k.compare(VectorOperators.GT, PowerFactor.HIGHEST));
      // Of an integer, a half less a quarter is nearest to the half rounded down.
      DoubleVector half =
          power.mul(0.5).sub(0.25).add(Log2Exp2.ROUND_TO_INTEGER).sub(Log2Exp2.ROUND_TO_INTEGER);
      half.intoArray(halves, i);
      power.sub(half).intoArray(exponents, i);
    }
    multiply(x, from, halves, count);
    multiply(x, from, exponents, count);
  }

  /** Multiplies by powers of two, which may be subnormal: each is made of two that are not. */
  private static void multiply(double[] x, int from, double[] exponents, int count) {
    for (int i = 0; i < count; i += WIDTH) {
      DoubleVector k = DoubleVector.fromArray(F64, exponents, i);
      DoubleVector normal = k.blend(LEAST, k.compare(VectorOperators.LT, LEAST));
      DoubleVector power =
          normal
              .add(INTEGER_BIAS)
              .reinterpretAsLongs()
              .lanewise(VectorOperators.LSHL, MANTISSA_BITS)
              .reinterpretAsDoubles();
      DoubleVector rest =
          k.sub(normal)
              .add(INTEGER_BIAS)
              .reinterpretAsLongs()
              .lanewise(VectorOperators.LSHL, MANTISSA_BITS)
              .reinterpretAsDoubles();
      DoubleVector.fromArray(F64, x, from + i).mul(power.mul(rest)).intoArray(x, from + i);
    }
  }
}
