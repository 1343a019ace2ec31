package dev.norma.conformance;

import dev.norma.ElementType;
import dev.norma.Norm;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Products with gradients and Hessians against dual numbers, which know nothing but the definition
 * of a norm, within the bounds of the numeric contract.
 */
interface DualDerivatives extends Conformance {
  /** The norms of all other tests, and a few more of a general p, small, negative and large. */
  List<Norm> DUAL_NORMS =
      Stream.concat(
              Norms.GRADIENTS.stream(),
              Stream.of(0.7, 1.1, -2.5, 1e6, -3e5).map(p -> Norm.lp(p.doubleValue())))
          .toList();

  /** The factor of gradients. */
  double FACTOR = -1.75;

  private GradientCalls dualCalls(ElementType type) {
    return new GradientCalls(subject().norma().gradients(), type);
  }

  /** Compares derivatives in a direction, and by their adjoints gradients times a factor. */
  @ParameterizedTest
  @EnumSource
  default void jacobians(ElementType type) {
    DualPoints points = DualPoints.of(type);
    for (Norm norm : DUAL_NORMS) {
      String name = "Jacobians of L%s of %s".formatted(norm, type);
      Unsupported.unlessRefused(backend(), name, () -> jacobians(name, norm, type, points));
    }
  }

  private void jacobians(String name, Norm norm, ElementType type, DualPoints points) {
    double[] along = dualCalls(type).jvp(norm, points.x(), points.v());
    double[] factors = new double[points.count()];
    Arrays.fill(factors, FACTOR);
    double[][] back = dualCalls(type).vjp(norm, points.x(), factors);
    for (int i = 0; i < points.count(); i++) {
      double[] x = points.x()[i];
      double[] v = points.v()[i];
      Closeness is = new Closeness(name + points.show(i), type);
      double size = new ErrorSizes(norm, x).along(v);
      int vector = i;
      DualNorm.at(norm, x, v, new double[x.length])
          .ifPresent(
              dual -> {
                is.number(dual.first(), GradientBounds.ofSum(norm, type) * size, along[vector]);
                is.product(
                    dual.first().multiply(new BigDecimal(FACTOR)),
                    GradientBounds.ofElement(norm, type) * Math.abs(FACTOR) * size,
                    back[vector],
                    v);
              });
    }
  }

  /** Compares each element of products of Hessians. */
  @ParameterizedTest
  @EnumSource
  default void hessians(ElementType type) {
    DualPoints points = DualPoints.of(type);
    for (Norm norm : DUAL_NORMS) {
      String name = "Hessians of L%s of %s".formatted(norm, type);
      Unsupported.unlessRefused(backend(), name, () -> hessians(name, norm, type, points));
    }
  }

  private void hessians(String name, Norm norm, ElementType type, DualPoints points) {
    double[][] products = dualCalls(type).hvp(norm, points.x(), points.v());
    double bound = GradientBounds.ofHessian(norm, type);
    for (int i = 0; i < points.count(); i++) {
      double[] x = points.x()[i];
      double[] v = points.v()[i];
      double[] product = products[i];
      Closeness is = new Closeness(name + points.show(i), type);
      double[] sizes = new ErrorSizes(norm, x).ofHessian(v);
      for (int j = 0; j < x.length; j++) {
        int element = j;
        double[] unit = new double[x.length];
        unit[j] = 1;
        DualNorm.at(norm, x, unit, v)
            .ifPresent(dual -> is.element(dual.mixed(), bound * sizes[element], product[element]));
      }
    }
  }
}
