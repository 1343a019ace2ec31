package dev.norma.cpu;

import static dev.norma.cpu.Species.F64;
import static dev.norma.cpu.Species.WIDTH;

import dev.norma.spi.Log2Exp2;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Logarithms and powers of two by SIMD: operation for operation those of {@link Log2Exp2}. It goes
 * stage by stage over a block that stays in cache: a method that passes vectors to another one may
 * have to put them on the heap. Used by one thread.
 */
final class PowerStages {
  /** So many numbers are taken at a time. */
  static final int BLOCK = 512;

  private static final double[] LOG = Log2Exp2.logCoefficients();
  private static final double[] EXP = Log2Exp2.expCoefficients();

  /** Or-ed to an integer below 2<sup>52</sup>, these bits make the number 2<sup>52</sup> + it. */
  private static final long INTEGER_BITS = 0x4330000000000000L;

  private static final double INTEGER_BIAS = 0x1p52 + 1023;

  private static final int MANTISSA_BITS = 52;

  /** The mantissa, then its logarithm, then that of the power. */
  final double[] hi = new double[BLOCK];

  /** The trailing part of the same. */
  final double[] lo = new double[BLOCK];

  /** Exponent of the quotient, then 2 to the fraction of the power's logarithm, less 1. */
  final double[] e = new double[BLOCK];

  /** The trailing part of the latter. */
  final double[] eLo = new double[BLOCK];

  /**
   * Leaves in e + (hi + lo) the binary logarithms of |x| / s for the scales s that are the last
   * coefficients, without what the scales' rests take off.
   */
  void logarithms(double[] x, int from, int count, Coefficients c, int first) {
    mantissas(x, from, count, c, first);
    mantissaLogarithms(count, c, first);
  }

  /** Leaves in e + eLo 2 to the fraction of hi + lo, less 1, where the fraction is within ±½. */
  void exponentials(int count) {
    eighths(count);
    square(count);
    square(count);
    square(count);
  }

  /**
   * Leaves the mantissa of each number in hi, and how far its exponent is from the scale's in e.
   */
  private void mantissas(double[] x, int from, int count, Coefficients c, int first) {
    double[] mantissas = c.get(c.count() - 3);
    double[] exponents = c.get(c.count() - 1);
    for (int i = 0; i < count; i += WIDTH) {
      int at = first + i * c.step();
      DoubleVector a = DoubleVector.fromArray(F64, x, from + i).abs();
      VectorMask<Double> subnormal = a.compare(VectorOperators.LT, Double.MIN_NORMAL);
      LongVector bits = a.blend(a.mul(Log2Exp2.SUBNORMAL_LIFT), subnormal).reinterpretAsLongs();
      LongVector least =
          DoubleVector.fromArray(F64, mantissas, at).mul(Log2Exp2.ROOT_HALF).reinterpretAsLongs();
      LongVector biased =
          bits.add(Log2Exp2.ONE_BITS).sub(least).lanewise(VectorOperators.LSHR, MANTISSA_BITS);
      bits.sub(biased.lanewise(VectorOperators.LSHL, MANTISSA_BITS))
          .add(Log2Exp2.ONE_BITS)
          .reinterpretAsDoubles()
          .intoArray(hi, i);
      DoubleVector exponent =
          biased
              .or(INTEGER_BITS)
              .reinterpretAsDoubles()
              .sub(INTEGER_BIAS)
              .sub(DoubleVector.fromArray(F64, exponents, at));
      exponent.blend(exponent.sub(Log2Exp2.SUBNORMAL_LIFT_LOG2), subnormal).intoArray(e, i);
    }
  }

  /** Replaces hi by the logarithm of its quotient by the scale's mantissa, hi + lo. */
  private void mantissaLogarithms(int count, Coefficients c, int first) {
    double[] mantissas = c.get(c.count() - 3);
    for (int i = 0; i < count; i += WIDTH) {
      DoubleVector m = DoubleVector.fromArray(F64, hi, i);
      DoubleVector h = DoubleVector.fromArray(F64, mantissas, first + i * c.step());
      DoubleVector f = m.sub(h);
      DoubleVector g = m.add(h);
      DoubleVector gLo = f.sub(h.fma(constant(-2), g)); // g - 2h, which is exact
      DoubleVector reciprocal = DoubleVector.broadcast(F64, 1).div(g);
      DoubleVector s = f.mul(reciprocal);
      DoubleVector minusS = s.neg();
      DoubleVector sLo = reciprocal.mul(minusS.fma(gLo, minusS.fma(g, f)));
      DoubleVector z = s.mul(s);
      DoubleVector w = DoubleVector.broadcast(F64, LOG[0]).fma(z, constant(LOG[1]));
      w = w.fma(z, constant(LOG[2])).fma(z, constant(LOG[3])).fma(z, constant(LOG[4]));
      w = w.fma(z, constant(LOG[5])).fma(z, constant(LOG[6])).fma(z, constant(LOG[7]));
      w = w.fma(z, constant(LOG[8])).fma(z, constant(LOG[9])).fma(z, constant(LOG[10]));
      DoubleVector tail = s.fma(z.mul(w), sLo);
      DoubleVector two = constant(Log2Exp2.TWO_OVER_LN2_HI);
      DoubleVector logHi = s.mul(two);
      logHi.intoArray(hi, i);
      s.fma(two, logHi.neg()).add(tail.fma(two, s.mul(Log2Exp2.TWO_OVER_LN2_LO))).intoArray(lo, i);
    }
  }

  private static DoubleVector constant(double value) {
    return DoubleVector.broadcast(F64, value);
  }

  /** Leaves in e + eLo 2 to an eighth of the fraction, less 1. */
  private void eighths(int count) {
    for (int i = 0; i < count; i += WIDTH) {
      DoubleVector y = DoubleVector.fromArray(F64, hi, i);
      DoubleVector r = y.sub(y.add(Log2Exp2.ROUND_TO_INTEGER).sub(Log2Exp2.ROUND_TO_INTEGER));
      DoubleVector yLo = DoubleVector.fromArray(F64, lo, i);
      DoubleVector c = constant(Log2Exp2.LN2_OVER_8_HI);
      DoubleVector v = r.mul(c);
      DoubleVector vLo = r.fma(c, v.neg()).add(r.fma(constant(Log2Exp2.LN2_OVER_8_LO), yLo.mul(c)));
      DoubleVector square = v.mul(v);
      DoubleVector squareLo = v.fma(v, square.neg());
      DoubleVector w = constant(EXP[0]).fma(v, constant(EXP[1])).fma(v, constant(EXP[2]));
      w = w.fma(v, constant(EXP[3])).fma(v, constant(EXP[4])).fma(v, constant(EXP[5]));
      w = w.fma(v, constant(EXP[6])).fma(v, constant(EXP[7])).fma(v, constant(EXP[8]));
      DoubleVector tail = square.mul(v).mul(w);
      DoubleVector half = square.mul(0.5);
      DoubleVector sum = v.add(half);
      DoubleVector sumLo =
          half.sub(sum.sub(v)).add(v.fma(vLo, squareLo.mul(0.5)).add(vLo.add(tail)));
      DoubleVector power = sum.add(sumLo);
      power.intoArray(e, i);
      sumLo.sub(power.sub(sum)).intoArray(eLo, i);
    }
  }

  /** Turns e = 2^y - 1 into 2^(2y) - 1 = 2e + e². */
  private void square(int count) {
    for (int i = 0; i < count; i += WIDTH) {
      DoubleVector power = DoubleVector.fromArray(F64, e, i);
      DoubleVector powerLo = DoubleVector.fromArray(F64, eLo, i);
      DoubleVector twice = power.mul(2);
      DoubleVector square = power.mul(power);
      DoubleVector squareLo = power.fma(power, square.neg()).add(twice.mul(powerLo));
      DoubleVector sum = twice.add(square);
      DoubleVector sumLo = square.sub(sum.sub(twice)).add(squareLo.add(powerLo.mul(2)));
      DoubleVector squared = sum.add(sumLo);
      squared.intoArray(e, i);
      sumLo.sub(squared.sub(sum)).intoArray(eLo, i);
    }
  }
}
