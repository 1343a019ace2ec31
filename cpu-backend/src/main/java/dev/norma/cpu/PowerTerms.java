package dev.norma.cpu;

import static dev.norma.cpu.Species.F64;
import static dev.norma.cpu.Species.WIDTH;

import dev.norma.spi.Log2Exp2;
import dev.norma.spi.PowerTerm;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** The terms (|x| / s)^p by SIMD: operation for operation those of {@link PowerTerm}. */
final class PowerTerms {
  private static final double[] LOG = Log2Exp2.logCoefficients();
  private static final double[] EXP = Log2Exp2.expCoefficients();

  /** Or-ed to an integer below 2<sup>52</sup>, these bits make the number 2<sup>52</sup> + it. */
  private static final long INTEGER_BITS = 0x4330000000000000L;

  private static final double INTEGER_BIAS = 0x1p52 + 1023;

  private final double p;
  private final double[] hi;
  private final double[] lo;

  /** Terms of the exponent p go to these arrays. */
  PowerTerms(double p, double[] hi, double[] lo) {
    this.p = p;
    this.hi = hi;
    this.lo = lo;
  }

  /** Computes the terms of the first n numbers, and of some more up to a whole vector. */
  void compute(double[] x, int n, double scale) {
    Log2Exp2.Log2 log = new PowerTerm(p, scale).scale();
    for (int i = 0; i < n; i += WIDTH) {
      vector(DoubleVector.fromArray(F64, x, i).abs(), log.exponent(), log.hi(), log.lo(), i);
    }
  }

  private void vector(
      DoubleVector x, double scaleExponent, double scaleHi, double scaleLo, int at) {
    VectorMask<Double> subnormal = x.compare(VectorOperators.LT, Double.MIN_NORMAL);
    LongVector bits = x.mul(Log2Exp2.SUBNORMAL_LIFT, subnormal).reinterpretAsLongs();
    LongVector biased =
        bits.add(Log2Exp2.ONE_BITS - Log2Exp2.ROOT_HALF_BITS).lanewise(VectorOperators.LSHR, 52);
    DoubleVector m =
        bits.sub(biased.lanewise(VectorOperators.LSHL, 52))
            .add(Log2Exp2.ONE_BITS)
            .reinterpretAsDoubles();
    DoubleVector exponent =
        biased
            .or(INTEGER_BITS)
            .reinterpretAsDoubles()
            .sub(INTEGER_BIAS)
            .sub(Log2Exp2.SUBNORMAL_LIFT_LOG2, subnormal);
    DoubleVector g = m.add(1);
    DoubleVector gLo = m.sub(g.sub(1));
    DoubleVector reciprocal = DoubleVector.broadcast(F64, 1).div(g);
    DoubleVector f = m.sub(1);
    DoubleVector s = f.mul(reciprocal);
    DoubleVector minusS = s.neg();
    DoubleVector sLo = reciprocal.mul(minusS.fma(gLo, minusS.fma(g, f)));
    DoubleVector z = s.mul(s);
    DoubleVector tail = s.fma(z.mul(polynomial(LOG, z)), sLo);
    DoubleVector logHi = s.mul(Log2Exp2.TWO_OVER_LN2_HI);
    DoubleVector c = DoubleVector.broadcast(F64, Log2Exp2.TWO_OVER_LN2_HI);
    DoubleVector logLo = s.fma(c, logHi.neg()).add(tail.fma(c, s.mul(Log2Exp2.TWO_OVER_LN2_LO)));
    VectorMask<Double> absent =
        x.compare(VectorOperators.EQ, 0)
            .or(x.compare(VectorOperators.EQ, Double.POSITIVE_INFINITY));
    ratio(exponent.sub(scaleExponent), logHi, logLo, scaleHi, scaleLo, absent, at);
  }

  private void ratio(
      DoubleVector exponent,
      DoubleVector logHi,
      DoubleVector logLo,
      double scaleHi,
      double scaleLo,
      VectorMask<Double> absent,
      int at) {
    DoubleVector minusScale = DoubleVector.broadcast(F64, -scaleHi);
    DoubleVector mantissa = logHi.add(minusScale);
    DoubleVector mantissaLo =
        LaneFold.sumError(logHi, minusScale, mantissa).add(logLo.sub(scaleLo));
    DoubleVector ratio = exponent.add(mantissa);
    DoubleVector ratioLo = mantissa.sub(ratio.sub(exponent)).add(mantissaLo);
    DoubleVector exponentP = DoubleVector.broadcast(F64, p);
    DoubleVector product = exponentP.mul(ratio);
    DoubleVector productLo = exponentP.fma(ratioLo, exponentP.fma(ratio, product.neg()));
    DoubleVector y = product.add(productLo);
    DoubleVector yLo = productLo.sub(y.sub(product));
    VectorMask<Double> zero = absent.or(y.compare(VectorOperators.GE, PowerTerm.LOWEST_LOG2).not());
    VectorMask<Double> one = y.compare(VectorOperators.GT, 0).andNot(absent);
    power(y, yLo, zero, one, at);
  }

  private void power(
      DoubleVector y, DoubleVector yLo, VectorMask<Double> zero, VectorMask<Double> one, int at) {
    DoubleVector shifted = y.add(Log2Exp2.ROUND_TO_INTEGER);
    DoubleVector r = y.sub(shifted.sub(Log2Exp2.ROUND_TO_INTEGER));
    DoubleVector power =
        shifted
            .reinterpretAsLongs()
            .lanewise(VectorOperators.LSHL, 52)
            .add(Log2Exp2.ONE_BITS)
            .reinterpretAsDoubles();
    DoubleVector c = DoubleVector.broadcast(F64, Log2Exp2.LN2_OVER_8_HI);
    DoubleVector v = r.mul(c);
    DoubleVector vLo =
        r.fma(c, v.neg())
            .add(r.fma(DoubleVector.broadcast(F64, Log2Exp2.LN2_OVER_8_LO), yLo.mul(c)));
    DoubleVector square = v.mul(v);
    DoubleVector squareLo = v.fma(v, square.neg());
    DoubleVector half = square.mul(0.5);
    DoubleVector tail = square.mul(v).mul(polynomial(EXP, v));
    DoubleVector sum = v.add(half);
    DoubleVector sumLo = half.sub(sum.sub(v)).add(v.fma(vLo, squareLo.mul(0.5)).add(vLo.add(tail)));
    DoubleVector e = sum.add(sumLo);
    DoubleVector eLo = sumLo.sub(e.sub(sum));
    for (int i = 0; i < 3; i++) {
      DoubleVector twice = e.mul(2);
      square = e.mul(e);
      squareLo = e.fma(e, square.neg()).add(twice.mul(eLo));
      sum = twice.add(square);
      sumLo = square.sub(sum.sub(twice)).add(squareLo.add(eLo.mul(2)));
      e = sum.add(sumLo);
      eLo = sumLo.sub(e.sub(sum));
    }
    DoubleVector termHi = e.add(1);
    DoubleVector termLo = e.sub(termHi.sub(1)).add(eLo);
    termHi.mul(power).blend(1, one).blend(0, zero).intoArray(hi, at);
    termLo.mul(power).blend(0, one.or(zero)).intoArray(lo, at);
  }

  private static DoubleVector polynomial(double[] highestFirst, DoubleVector x) {
    DoubleVector value = DoubleVector.broadcast(F64, highestFirst[0]);
    for (int i = 1; i < highestFirst.length; i++) {
      value = value.fma(x, DoubleVector.broadcast(F64, highestFirst[i]));
    }
    return value;
  }
}
