package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.norma.ElementType;
import dev.norma.Norm;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Derivatives of short vectors against exact arithmetic. */
interface GradientAccuracy extends Conformance {
  /** The factors of gradients, one for each vector. */
  List<Double> FACTORS = List.of(1.0, -1.7, 3e-310, 1e300, Double.MAX_VALUE, 1.0);

  /** Lengths of the vectors. */
  List<Integer> LENGTHS = List.of(1, 6);

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

  /** Compares derivatives in directions and products of Hessians, of numbers of moderate size. */
  @ParameterizedTest
  @EnumSource
  default void products(ElementType type) {
    for (Norm norm : Norms.GRADIENTS) {
      double[][] vectors = Family.NORMAL.vectors(type, 6, 9, 1);
      double[][] directions = Family.NORMAL.vectors(type, 6, 9, 2);
      String name = "L%s of %s".formatted(norm, type);
      Unsupported.unlessRefused(
          backend(), name, () -> products(name, norm, type, vectors, directions));
    }
  }

  private void products(
      String name, Norm norm, ElementType type, double[][] vectors, double[][] directions) {
    double[] along = calls(type).jvp(norm, vectors, directions);
    double[][] hessian = calls(type).hvp(norm, vectors, directions);
    double bound = GradientBounds.ofSum(norm, type);
    for (int i = 0; i < vectors.length; i++) {
      ExactGradient exact = new ExactGradient(norm, vectors[i]);
      ExactGradient.Sum expected = exact.along(directions[i]);
      within(bound, ElementType.F64, expected, along[i], name + ", in a direction");
      for (int j = 0; j < vectors[i].length; j++) {
        within(
            GradientBounds.ofHessian(norm, type),
            type,
            exact.hessian(j, directions[i], expected),
            hessian[i][j],
            name + ", Hessian");
      }
    }
  }

  /** Allows for an error relative to the size of what was added, and for a last rounding. */
  private static void within(
      double bound, ElementType type, ExactGradient.Sum expected, double actual, String name) {
    BigDecimal error = new BigDecimal(actual).subtract(expected.value()).abs();
    Format format = Format.of(type);
    double rounding = Math.max(Math.abs(actual) * format.ulpOfOne(), format.smallest());
    BigDecimal allowed =
        expected.size().multiply(new BigDecimal(bound)).add(new BigDecimal(rounding));
    assertTrue(
        error.compareTo(allowed) <= 0,
        () ->
            "%s: expected %s within %s, actual %s"
                .formatted(name, expected.value(), allowed.doubleValue(), actual));
  }
}
