package dev.norma.cpu;

import static dev.norma.cpu.PowerStages.BLOCK;
import static dev.norma.cpu.Species.F64;
import static dev.norma.cpu.Species.WIDTH;

import dev.norma.spi.Log2Exp2;
import dev.norma.spi.PowerScale;
import dev.norma.spi.PowerTerm;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The terms (|x| / s)^p by SIMD: operation for operation those of {@link PowerTerm}. Used by one
 * thread.
 */
final class PowerTerms {
  private final double p;
  private final double[] termHi;
  private final double[] termLo;
  private final PowerStages stages = new PowerStages();
  private final Coefficients over = Coefficients.ofScale();

  /** Terms of the exponent p go to these arrays. */
  PowerTerms(double p, double[] termHi, double[] termLo) {
    this.p = p;
    this.termHi = termHi;
    this.termLo = termLo;
  }

  /** Computes the terms of the first n numbers, and of some more up to a whole vector. */
  void compute(double[] x, int n, double scale) {
    over.moveTo(PowerScale.of(scale));
    for (int from = 0; from < n; from += BLOCK) {
      int count = Math.min(BLOCK, n - from);
      stages.logarithms(x, from, count, over, 0);
      ratios(x, from, count);
      stages.exponentials(count);
      finish(from, count);
    }
  }

  /** Leaves in hi and lo the logarithm of each term, minus infinity for 0 and infinity. */
  private void ratios(double[] x, int from, int count) {
    for (int i = 0; i < count; i += WIDTH) {
      DoubleVector logHi = DoubleVector.fromArray(F64, stages.hi, i);
      DoubleVector exponent = DoubleVector.fromArray(F64, stages.e, i);
      DoubleVector logLo = DoubleVector.fromArray(F64, stages.lo, i);
      DoubleVector ratio = exponent.add(logHi);
      DoubleVector ratioLo = logHi.sub(ratio.sub(exponent)).add(logLo);
      DoubleVector factor = DoubleVector.broadcast(F64, p);
      DoubleVector product = factor.mul(ratio);
      DoubleVector productLo = factor.fma(ratioLo, factor.fma(ratio, product.neg()));
      DoubleVector y = product.add(productLo);
      VectorMask<Double> beyond = y.compare(VectorOperators.GT, 0);
      productLo.sub(y.sub(product)).blend(0, beyond).intoArray(stages.lo, i);
      DoubleVector a = DoubleVector.fromArray(F64, x, from + i).abs();
      y.blend(0, beyond)
          .blend(Double.NEGATIVE_INFINITY, a.compare(VectorOperators.EQ, 0))
          .blend(Double.NEGATIVE_INFINITY, a.compare(VectorOperators.EQ, Double.POSITIVE_INFINITY))
          .intoArray(stages.hi, i);
    }
  }

  private void finish(int from, int count) {
    for (int i = 0; i < count; i += WIDTH) {
      DoubleVector y = DoubleVector.fromArray(F64, stages.hi, i);
      DoubleVector power =
          y.add(Log2Exp2.ROUND_TO_INTEGER)
              .reinterpretAsLongs()
              .lanewise(VectorOperators.LSHL, 52)
              .add(Log2Exp2.ONE_BITS)
              .reinterpretAsDoubles();
      VectorMask<Double> zero = y.compare(VectorOperators.GE, PowerTerm.LOWEST_LOG2).not();
      DoubleVector fraction = DoubleVector.fromArray(F64, stages.e, i);
      DoubleVector one = fraction.add(1);
      DoubleVector oneLo = fraction.sub(one.sub(1)).add(DoubleVector.fromArray(F64, stages.eLo, i));
      one.mul(power).blend(0, zero).intoArray(termHi, from + i);
      oneLo.mul(power).blend(0, zero).intoArray(termLo, from + i);
    }
  }
}
