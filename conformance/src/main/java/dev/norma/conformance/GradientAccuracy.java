package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.fail;

import dev.norma.ElementType;
import dev.norma.Norm;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Gradients of short vectors against exact arithmetic. */
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
}
