package dev.norma.conformance;

import static dev.norma.conformance.SmoothVectors.describe;
import static dev.norma.conformance.SmoothVectors.dot;
import static dev.norma.conformance.SmoothVectors.one;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.Batch;
import dev.norma.Norm;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is true of gradients whichever way they are computed, for random vectors. */
interface GradientAxioms extends SmoothVectors {
  /** Norms of degree 1. */
  List<Norm> LINEAR =
      Stream.of(1, 1.5, 2, 3, 3.5, 40, 0.5, -1, Double.POSITIVE_INFINITY)
          .map(p -> Norm.lp(p.doubleValue()))
          .toList();

  /** Euler: the gradient times the vector is the norm, and the derivative along it too. */
  @Property(tries = VECTORS, seed = SMOOTH_SEED)
  default void euler(@ForAll("smooth") double[] x) {
    for (Norm norm : LINEAR) {
      String what = describe(norm, x);
      Unsupported.unlessRefused(
          backend(),
          what,
          () -> {
            double value = subject().norma().norm(norm, Batch.of(x));
            assertEquals(value, dot(smoothCalls().gradient(norm, x), x), value * ROUNDING, what);
            assertEquals(value, smoothCalls().jvp(norm, one(x), one(x))[0], value * ROUNDING, what);
          });
    }
  }

  /** The dual norm of the gradient is 1. */
  @Property(tries = VECTORS, seed = SMOOTH_SEED)
  default void dualNorm(@ForAll("smooth") double[] x) {
    for (double p : new double[] {1, 1.5, 2, 3, 3.5, 40, Double.POSITIVE_INFINITY}) {
      Norm norm = Norm.lp(p);
      double dual = p == 1 ? Double.POSITIVE_INFINITY : Double.isInfinite(p) ? 1 : p / (p - 1);
      String what = describe(norm, x);
      Unsupported.unlessRefused(
          backend(),
          what,
          () -> {
            Batch gradient = Batch.of(smoothCalls().gradient(norm, x));
            assertEquals(1, subject().norma().norm(Norm.lp(dual), gradient), ROUNDING, what);
          });
    }
  }

  /** A power of two leaves a gradient of degree 0 as it is, and any other factor but rounding. */
  @Property(tries = VECTORS, seed = SMOOTH_SEED)
  default void scaling(@ForAll("smooth") double[] x) {
    double[] power = Arrays.stream(x).map(xi -> xi * 0x1p-600).toArray();
    double[] third = Arrays.stream(x).map(xi -> xi * 3).toArray();
    for (Norm norm : LINEAR) {
      String what = describe(norm, x);
      Unsupported.unlessRefused(
          backend(),
          what,
          () -> {
            double[] expected = smoothCalls().gradient(norm, x);
            Bits.assertSame(
                expected, smoothCalls().gradient(norm, power), () -> what + " * 2^-600");
            double[] actual = smoothCalls().gradient(norm, third);
            for (int i = 0; i < x.length; i++) {
              assertEquals(
                  expected[i], actual[i], Math.abs(expected[i]) * ROUNDING, () -> what + " * 3");
            }
          });
    }
  }
}
