package dev.norma.conformance;

import dev.norma.ElementType;
import dev.norma.Norm;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;

/** Random vectors at which norms are smooth, and what properties of derivatives are told by. */
interface SmoothVectors extends Conformance {
  /** Norms that have a Hessian. */
  List<Norm> CURVED =
      Stream.concat(
              Stream.of(1.5, 2, 3, 3.5, 0.5, -1).map(p -> Norm.lp(p.doubleValue())),
              Stream.of(Norm.SQUARED_L2))
          .toList();

  /** Rounding of sums of at most 12 terms, relative to the sum of their sizes. */
  double ROUNDING = 1e-12;

  /** No property is tried more often. */
  int VECTORS = 30;

  /** What is tried is the same in every run. */
  String SMOOTH_SEED = "20261102";

  /** Vectors off the kinks: no element is 0, and they span a factor of ten thousand. */
  @Provide
  default Arbitrary<double[]> smooth() {
    Arbitrary<Double> sizes = Arbitraries.doubles().between(0.01, 100).ofScale(6);
    return Arbitraries.of(-1.0, 1.0)
        .flatMap(sign -> sizes.map(size -> sign * size))
        .array(double[].class)
        .ofMinSize(2)
        .ofMaxSize(12);
  }

  /** Returns the derivatives under test. */
  default GradientCalls smoothCalls() {
    return new GradientCalls(subject().norma().gradients(), ElementType.F64);
  }

  /** Returns a vector as one of a batch. */
  static double[][] one(double[] vector) {
    return new double[][] {vector};
  }

  /** Returns a direction that goes with a vector. */
  static double[] direction(double[] x, long seed) {
    return Family.NORMAL.vector(ElementType.F64, x.length, new Seeded(seed + x.length));
  }

  /** Returns the sum of products. */
  static double dot(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }

  /** Returns the sum of the sizes of products. */
  static double size(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> Math.abs(a[i] * b[i])).sum();
  }

  /** Names a norm of a vector. */
  static String describe(Norm norm, double[] x) {
    return "L" + norm + " of " + Arrays.toString(x);
  }
}
