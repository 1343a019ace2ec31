package dev.norma.cpu;

import static dev.norma.cpu.Species.F64;
import static dev.norma.cpu.Species.WIDTH;

import dev.norma.spi.Log2Exp2;
import dev.norma.spi.PowerTerm;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The terms (|x| / s)^p by SIMD: operation for operation those of {@link PowerTerm} and {@link
 * Log2Exp2}. It goes stage by stage over a block that stays in cache: a method that passes vectors
 * to another one may have to put them on the heap. Used by one thread.
 */
final class PowerTerms {
  private static final int BLOCK = 512;
  private static final double[] LOG = Log2Exp2.logCoefficients();
  private static final double[] EXP = Log2Exp2.expCoefficients();

  /** Or-ed to an integer below 2<sup>52</sup>, these bits make the number 2<sup>52</sup> + it. */
  private static final long INTEGER_BITS = 0x4330000000000000L;

  private static final double INTEGER_BIAS = 0x1p52 + 1023;

  private final double p;
  private final double[] termHi;
  private final double[] termLo;

  /** The mantissa, then its logarithm, then the logarithm y of the term. */
  private final double[] hi = new double[BLOCK];

  private final double[] lo = new double[BLOCK];

  /** Exponent of the number, then 2 to the fraction of y, less 1. */
  private final double[] e = new double[BLOCK];

  private final double[] eLo = new double[BLOCK];

  /** Terms of the exponent p go to these arrays. */
  PowerTerms(double p, double[] termHi, double[] termLo) {
    this.p = p;
    this.termHi = termHi;
    this.termLo = termLo;
  }

  /** Computes the terms of the first n numbers, and of some more up to a whole vector. */
  void compute(double[] x, int n, double scale) {
    Log2Exp2.Log2 log = new PowerTerm(p, scale).scale();
    for (int from = 0; from < n; from += BLOCK) {
      int count = Math.min(BLOCK, n - from);
      mantissas(x, from, count);
      logarithms(count);
      ratios(x, from, count, log.exponent(), log.hi(), log.lo());
      exponentials(count);
      square(count);
      square(count);
      square(count);
      finish(from, count);
    }
  }

  /** Leaves the mantissa of each number in hi and its exponent in e. */
  private void mantissas(double[] x, int from, int count) {
    for (int i = 0; i < count; i += WIDTH) {
      DoubleVector a = DoubleVector.fromArray(F64, x, from + i).abs();
      VectorMask<Double> subnormal = a.compare(VectorOperators.LT, Double.MIN_NORMAL);
      LongVector bits = a.blend(a.mul(Log2Exp2.SUBNORMAL_LIFT), subnormal).reinterpretAsLongs();
      LongVector biased =
          bits.add(Log2Exp2.ONE_BITS - Log2Exp2.ROOT_HALF_BITS).lanewise(VectorOperators.LSHR, 52);
      bits.sub(biased.lanewise(VectorOperators.LSHL, 52))
          .add(Log2Exp2.ONE_BITS)
          .reinterpretAsDoubles()
          .intoArray(hi, i);
      DoubleVector exponent = biased.or(INTEGER_BITS).reinterpretAsDoubles().sub(INTEGER_BIAS);
      exponent.blend(exponent.sub(Log2Exp2.SUBNORMAL_LIFT_LOG2), subnormal).intoArray(e, i);
    }
  }

  private void logarithms(int count) {
    for (int i = 0; i < count; i += WIDTH) {
      DoubleVector m = DoubleVector.fromArray(F64, hi, i);
      DoubleVector f = m.sub(1);
      DoubleVector g = m.add(1);
      DoubleVector gLo = m.sub(g.sub(1));
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
      DoubleVector c = constant(Log2Exp2.TWO_OVER_LN2_HI);
      DoubleVector logHi = s.mul(c);
      logHi.intoArray(hi, i);
      s.fma(c, logHi.neg()).add(tail.fma(c, s.mul(Log2Exp2.TWO_OVER_LN2_LO))).intoArray(lo, i);
    }
  }

  private static DoubleVector constant(double value) {
    return DoubleVector.broadcast(F64, value);
  }

  /** Leaves in hi and lo the logarithm of each term, minus infinity for 0 and infinity. */
  private void ratios(
      double[] x, int from, int count, double scaleExponent, double scaleHi, double scaleLo) {
    for (int i = 0; i < count; i += WIDTH) {
      DoubleVector logHi = DoubleVector.fromArray(F64, hi, i);
      DoubleVector minusScale = constant(-scaleHi);
      DoubleVector mantissa = logHi.add(minusScale);
      DoubleVector back = mantissa.sub(logHi);
      DoubleVector error = logHi.sub(mantissa.sub(back)).add(minusScale.sub(back));
      DoubleVector mantissaLo = error.add(DoubleVector.fromArray(F64, lo, i).sub(scaleLo));
      DoubleVector exponent = DoubleVector.fromArray(F64, e, i).sub(scaleExponent);
      DoubleVector ratio = exponent.add(mantissa);
      DoubleVector ratioLo = mantissa.sub(ratio.sub(exponent)).add(mantissaLo);
      DoubleVector factor = constant(p);
      DoubleVector product = factor.mul(ratio);
      DoubleVector productLo = factor.fma(ratioLo, factor.fma(ratio, product.neg()));
      DoubleVector y = product.add(productLo);
      VectorMask<Double> beyond = y.compare(VectorOperators.GT, 0);
      productLo.sub(y.sub(product)).blend(0, beyond).intoArray(lo, i);
      DoubleVector a = DoubleVector.fromArray(F64, x, from + i).abs();
      y.blend(0, beyond)
          .blend(Double.NEGATIVE_INFINITY, a.compare(VectorOperators.EQ, 0))
          .blend(Double.NEGATIVE_INFINITY, a.compare(VectorOperators.EQ, Double.POSITIVE_INFINITY))
          .intoArray(hi, i);
    }
  }

  private void exponentials(int count) {
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

  private void finish(int from, int count) {
    for (int i = 0; i < count; i += WIDTH) {
      DoubleVector y = DoubleVector.fromArray(F64, hi, i);
      DoubleVector power =
          y.add(Log2Exp2.ROUND_TO_INTEGER)
              .reinterpretAsLongs()
              .lanewise(VectorOperators.LSHL, 52)
              .add(Log2Exp2.ONE_BITS)
              .reinterpretAsDoubles();
      VectorMask<Double> zero = y.compare(VectorOperators.GE, PowerTerm.LOWEST_LOG2).not();
      DoubleVector fraction = DoubleVector.fromArray(F64, e, i);
      DoubleVector one = fraction.add(1);
      DoubleVector oneLo = fraction.sub(one.sub(1)).add(DoubleVector.fromArray(F64, eLo, i));
      one.mul(power).blend(0, zero).intoArray(termHi, from + i);
      oneLo.mul(power).blend(0, zero).intoArray(termLo, from + i);
    }
  }
}
