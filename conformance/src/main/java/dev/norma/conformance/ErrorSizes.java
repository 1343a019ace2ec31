package dev.norma.conformance;

import dev.norma.ElementType;
import dev.norma.Norm;

/**
 * The sizes of terms that the errors of products are stated by. They need no digits, so binary64
 * will do, and the gradients of the reference.
 */
final class ErrorSizes {
  private final Norm norm;
  private final double[] x;
  private final double n;
  private final double[] gradient;

  /**
   * Takes a vector of which the norm is finite and neither too large nor too small to divide by.
   */
  ErrorSizes(Norm norm, double[] x) {
    ReferenceGradient reference = new ReferenceGradient(norm, ElementType.F64, x);
    this.norm = norm;
    this.x = x;
    this.n = reference.norm();
    this.gradient = reference.times(1);
  }

  /** Returns Σ |gᵢ wᵢ|. */
  double along(double[] w) {
    return SmoothVectors.size(gradient, w);
  }

  /**
   * Returns for each element of the product of a Hessian with a direction, of L2 and a general p,
   * (p − 1) / N · a^(p − 2) · (|w| + a · Σ |gᵢ wᵢ|) for a = |x| / N.
   */
  double[] ofHessian(double[] w) {
    double[] sizes = new double[x.length];
    double along = along(w);
    for (int i = 0; i < x.length; i++) {
      sizes[i] = ofHessian(Math.abs(x[i]) / n, Math.abs(w[i]), along);
    }
    return sizes;
  }

  private double ofHessian(double a, double w, double along) {
    if (norm.equals(Norm.SQUARED_L2)) {
      return 2 * w;
    }
    if (!norm.equals(Norm.L2) && !Norms.isPower(norm)) {
      return 0;
    }
    double p = Norms.exponent(norm);
    return a == 0 && p != 2 ? 0 : Math.abs(p - 1) / n * Math.pow(a, p - 2) * (w + a * along);
  }

  /** Returns Σ (|uᵢ| / N + |gᵢ| Σ |xⱼ uⱼ| / N²) · |vᵢ|, or Σ |uᵢ vᵢ| / ε where that is smaller. */
  double ofNormalised(double epsilon, double[] u, double[] v) {
    double direct = SmoothVectors.size(u, v) / Math.max(n, epsilon);
    return n > epsilon ? direct + along(v) * SmoothVectors.size(x, u) / n / n : direct;
  }
}
