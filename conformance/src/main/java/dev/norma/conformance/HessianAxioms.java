package dev.norma.conformance;

import static dev.norma.conformance.SmoothVectors.describe;
import static dev.norma.conformance.SmoothVectors.direction;
import static dev.norma.conformance.SmoothVectors.dot;
import static dev.norma.conformance.SmoothVectors.size;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.Norm;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is true of Hessians whichever way they are computed, for random vectors. */
interface HessianAxioms extends SmoothVectors {
  /** A Hessian is symmetric, and that of a norm of degree 1 takes the vector itself to 0. */
  @Property(tries = VECTORS, seed = SMOOTH_SEED)
  default void hessian(@ForAll("smooth") double[] x) {
    for (Norm norm : CURVED) {
      String what = describe(norm, x);
      Unsupported.unlessRefused(backend(), what, () -> hessian(what, norm, x));
    }
  }

  private void hessian(String what, Norm norm, double[] x) {
    double[] v = direction(x, 1);
    double[] w = direction(x, 2);
    double[][] products =
        smoothCalls().hvp(norm, new double[][] {x, x, x}, new double[][] {v, w, x});
    ErrorSizes sizes = new ErrorSizes(norm, x);
    double size = size(w, sizes.ofHessian(v)) + size(v, sizes.ofHessian(w));
    assertEquals(dot(w, products[0]), dot(v, products[1]), size * ROUNDING, what);
    if (!norm.equals(Norm.SQUARED_L2)) {
      double[] terms = sizes.ofHessian(x);
      for (int i = 0; i < x.length; i++) {
        assertEquals(0, products[2][i], terms[i] * ROUNDING, what);
      }
    }
  }
}
