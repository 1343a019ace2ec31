package dev.norma.cpu;

import static dev.norma.cpu.Species.F32_HALF;
import static dev.norma.cpu.Species.F64;
import static dev.norma.cpu.Species.WIDTH;

import dev.norma.spi.ElementMap;
import dev.norma.spi.MapPlan;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The functions of elements by SIMD, in place in a small array: operation for operation those of
 * {@link ScalarMap}. What lies behind the last element, up to a whole vector, becomes anything. The
 * difference c − c is +0, and NaN where c is not finite. Used by one thread.
 */
final class TileMap {
  private final ElementMap map;
  private final boolean shortMultiples;
  private final int smallMultiple;
  private final PowerMap powers;

  TileMap(MapPlan plan) {
    map = plan.map();
    shortMultiples = ShortMultiple.areWritten(plan);
    smallMultiple = ShortMultiple.small(plan.x().type());
    boolean power = map.kind() == ElementMap.Kind.POWER || map.kind() == ElementMap.Kind.HESSIAN;
    powers = power ? new PowerMap(map.exponent()) : null;
  }

  /**
   * Replaces the first n numbers by their values.
   *
   * @param second the second operand; what it holds afterwards is undefined
   * @param first where the coefficients of number 0 are
   */
  void apply(double[] x, double[] second, int n, Coefficients c, int first) {
    int step = c.step();
    switch (map.kind()) {
      case ZERO -> Arrays.fill(x, 0, n, 0);
      case SCALE -> {
        if (shortMultiples) {
          scaleShort(x, n, c, first);
        } else {
          scale(x, n, c, first);
        }
      }
      case SIGN -> sign(x, n, c.get(0), first, step);
      case TIE -> tie(x, n, c.get(0), c.get(1), first, step);
      case EQUAL -> equal(x, n, c.get(0), first, step);
      case SHRINK -> shrink(x, n, c, first);
      case CLAMP -> clamp(x, n, c.get(0), first, step);
      case POWER -> powers.power(x, second, n, c, first);
      case HESSIAN -> powers.hessian(x, second, n, c, first);
    }
  }

  private static void scale(double[] x, int n, Coefficients c, int first) {
    double[] his = c.get(0);
    double[] los = c.get(1);
    double[] befores = c.get(2);
    double[] afters = c.get(3);
    int step = c.step();
    for (int i = 0; i < n; i += WIDTH) {
      int at = first + i * step;
      DoubleVector v = DoubleVector.fromArray(F64, x, i);
      multiples(v, his, los, befores, afters, at).intoArray(x, i);
    }
  }

  private static DoubleVector multiples(
      DoubleVector v, double[] his, double[] los, double[] befores, double[] afters, int at) {
    DoubleVector t = v.mul(DoubleVector.fromArray(F64, befores, at));
    DoubleVector hi = DoubleVector.fromArray(F64, his, at);
    DoubleVector lo = DoubleVector.fromArray(F64, los, at);
    return t.fma(hi, t.mul(lo))
        .blend(t.mul(hi), lo.compare(VectorOperators.EQ, 0))
        .mul(DoubleVector.fromArray(F64, afters, at));
  }

  private void scaleShort(double[] x, int n, Coefficients c, int first) {
    double[] heads = c.get(Coefficients.HEAD);
    double[] rests = c.get(Coefficients.REST);
    double[] his = c.get(0);
    int step = c.step();
    for (int i = 0; i < n; i += WIDTH) {
      int at = first + i * step;
      DoubleVector v = DoubleVector.fromArray(F64, x, i);
      DoubleVector head = DoubleVector.fromArray(F64, heads, at);
      DoubleVector rest = DoubleVector.fromArray(F64, rests, at);
      FloatVector shortV = (FloatVector) v.convertShape(VectorOperators.D2F, F32_HALF, 0);
      FloatVector h = (FloatVector) head.convertShape(VectorOperators.D2F, F32_HALF, 0);
      FloatVector r = (FloatVector) rest.convertShape(VectorOperators.D2F, F32_HALF, 0);
      FloatVector y =
          shortV.fma(h, shortV.mul(r)).blend(shortV.mul(h), r.compare(VectorOperators.EQ, 0));
      DoubleVector value = (DoubleVector) y.convertShape(VectorOperators.F2D, F64, 0);
      VectorMask<Integer> small = ScaleKernel.areSmall(y, smallMultiple);
      if (smallMultiple != 0 && small.anyTrue()) {
        DoubleVector other = v.mul(DoubleVector.fromArray(F64, his, at));
        value = value.blend(other, small.cast(F64));
      }
      VectorMask<Double> none = head.compare(VectorOperators.NE, head);
      if (none.anyTrue()) {
        value = value.blend(multiples(v, his, c.get(1), c.get(2), c.get(3), at), none);
      }
      value.intoArray(x, i);
    }
  }

  private static void sign(double[] x, int n, double[] factors, int first, int step) {
    for (int i = 0; i < n; i += WIDTH) {
      DoubleVector v = DoubleVector.fromArray(F64, x, i);
      DoubleVector c = DoubleVector.fromArray(F64, factors, first + i * step);
      c.sub(c)
          .blend(c, v.compare(VectorOperators.GT, 0))
          .blend(c.neg(), v.compare(VectorOperators.LT, 0))
          .blend(Double.NaN, v.compare(VectorOperators.NE, v))
          .intoArray(x, i);
    }
  }

  private static void tie(
      double[] x, int n, double[] extremes, double[] factors, int first, int step) {
    for (int i = 0; i < n; i += WIDTH) {
      DoubleVector v = DoubleVector.fromArray(F64, x, i);
      DoubleVector m = DoubleVector.fromArray(F64, extremes, first + i * step);
      DoubleVector c = DoubleVector.fromArray(F64, factors, first + i * step);
      DoubleVector signed = c.blend(c.neg(), v.compare(VectorOperators.LT, 0));
      c.sub(c).blend(signed, v.abs().compare(VectorOperators.EQ, m)).intoArray(x, i);
    }
  }

  private static void equal(double[] x, int n, double[] extremes, int first, int step) {
    for (int i = 0; i < n; i += WIDTH) {
      DoubleVector m = DoubleVector.fromArray(F64, extremes, first + i * step);
      DoubleVector v = DoubleVector.fromArray(F64, x, i).abs();
      DoubleVector.zero(F64).blend(1, v.compare(VectorOperators.EQ, m)).intoArray(x, i);
    }
  }

  private static void shrink(double[] x, int n, Coefficients c, int first) {
    double[] bounds = c.get(0);
    double[] his = c.get(1);
    double[] los = c.get(2);
    int step = c.step();
    for (int i = 0; i < n; i += WIDTH) {
      int at = first + i * step;
      DoubleVector v = DoubleVector.fromArray(F64, x, i);
      DoubleVector bound = DoubleVector.fromArray(F64, bounds, at);
      DoubleVector hi = DoubleVector.fromArray(F64, his, at);
      DoubleVector lo = DoubleVector.fromArray(F64, los, at);
      VectorMask<Double> below = v.compare(VectorOperators.LT, bound.neg());
      v.sub(v)
          .blend(v.add(hi).add(lo), below)
          .blend(v.sub(hi).sub(lo), v.compare(VectorOperators.GT, bound))
          .intoArray(x, i);
    }
  }

  private static void clamp(double[] x, int n, double[] bounds, int first, int step) {
    for (int i = 0; i < n; i += WIDTH) {
      DoubleVector v = DoubleVector.fromArray(F64, x, i);
      DoubleVector bound = DoubleVector.fromArray(F64, bounds, first + i * step);
      DoubleVector least = bound.neg();
      v.blend(least, v.compare(VectorOperators.LT, least))
          .blend(bound, v.compare(VectorOperators.GT, bound))
          .intoArray(x, i);
    }
  }
}
