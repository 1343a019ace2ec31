package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.norma.ElementType;
import dev.norma.Norm;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Gradients of short vectors against exact arithmetic. */
interface GradientAccuracy extends Conformance {
  /** The factors of gradients, one for each vector. */
  List<Double> FACTORS = List.of(1.0, -1.7, 3e-310, 1e300, Double.MAX_VALUE, 1.0);

  /** Lengths of the vectors. */
  List<Integer> LENGTHS = List.of(1, 6);

  /** General p that magnify what the norm and the logarithm of an element are off by. */
  List<Norm> LARGE_POWERS =
      Stream.of(1e5, 1e6, 1e9, -1e6, 1e17, -1e17).map(p -> Norm.lp(p.doubleValue())).toList();

  /** Compares gradients with factors, of every family of values. */
  @ParameterizedTest
  @EnumSource
  default void gradients(ElementType type) {
    List<Norm> norms = Stream.concat(Norms.GRADIENTS.stream(), Norms.FAR_POWERS.stream()).toList();
    for (Family family : Family.values()) {
      for (int length : LENGTHS) {
        double[][] vectors = family.vectors(type, FACTORS.size(), length, length);
        for (Norm norm : norms) {
          String name = "L%s of %s %s".formatted(norm, type, family);
          Unsupported.unlessRefused(backend(), name, () -> gradients(name, norm, type, vectors));
        }
      }
    }
  }

  /** Compares those of elements so near to each other that large powers of all of them count. */
  @ParameterizedTest
  @EnumSource
  default void gradientsOfLargePowers(ElementType type) {
    Seeded random = new Seeded(12);
    for (Norm norm : LARGE_POWERS) {
      double[][] vectors = new double[FACTORS.size()][];
      Arrays.setAll(vectors, i -> nearlyAlike(type, Norms.exponent(norm), random));
      String name = "L%s of %s".formatted(norm, type);
      Unsupported.unlessRefused(backend(), name, () -> gradients(name, norm, type, vectors));
    }
  }

  /** Of n equal elements each has 1/n, but for a power 1/p of n, however far p magnifies. */
  @Test
  default void gradientsOverTheSmallestNorm() {
    double[][] vectors = {{Double.MIN_VALUE, Double.MIN_VALUE, Double.MIN_VALUE}};
    for (double p : new double[] {1e17, 1e297, 1e300, 1e308, -1e308}) {
      double[][] thirds = calls(ElementType.F64).vjp(Norm.lp(p), vectors, new double[] {1});
      for (double third : thirds[0]) {
        assertEquals(1 / 3.0, third, 1e-12 / 3, "p = " + p);
      }
    }
  }

  /** Returns numbers of the type whose p-th powers are within e^40 of each other. */
  private static double[] nearlyAlike(ElementType type, double p, Seeded random) {
    Format format = Format.of(type);
    double size = Math.scalb(1 + random.uniform(), random.below(20) - 10);
    return DoubleStream.generate(() -> format.nearest(size * Math.exp(-40 * random.uniform() / p)))
        .limit(LENGTHS.get(LENGTHS.size() - 1))
        .toArray();
  }

  private void gradients(String name, Norm norm, ElementType type, double[][] vectors) {
    double[] factors = FACTORS.stream().mapToDouble(u -> u).toArray();
    double[][] results = calls(type).vjp(norm, vectors, factors);
    for (int i = 0; i < vectors.length; i++) {
      ExactGradient exact = new ExactGradient(norm, vectors[i]);
      for (int j = 0; j < vectors[i].length; j++) {
        boolean negative = (vectors[i][j] < 0) != (factors[i] < 0);
        Truth size = exact.size(j, factors[i]);
        Optional<String> complaint =
            GradientBounds.complaint(norm, type, factors[i], results[i][j], size, negative);
        if (complaint.isPresent()) {
          fail(
              "%s %s, element %d, times %s: %s"
                  .formatted(name, Bits.show(vectors[i]), j, factors[i], complaint.get()));
        }
      }
    }
  }

  private GradientCalls calls(ElementType type) {
    return new GradientCalls(subject().norma().gradients(), type);
  }
}
