package dev.norma.conformance;

import dev.norma.Norm;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * The gradient of a norm of one vector in exact arithmetic, with the rules for what is not smooth:
 * what a backend's results are measured against. Not safe for use by several threads.
 */
final class ExactGradient {
  private final Norm norm;
  private final double[] x;
  private final Truth n;
  private final BigDecimal logOfN;
  private final double p;

  ExactGradient(Norm norm, double[] x) {
    this.norm = norm;
    this.x = x;
    this.n = new Exact(x).norm(norm);
    this.p = norm.equals(Norm.L2) || Norms.isPower(norm) ? Norms.exponent(norm) : Double.NaN;
    this.logOfN = isPositive() ? ExactPower.logarithm(n) : null;
  }

  private boolean isPositive() {
    return n.isNumber() && n.significand().signum() > 0;
  }

  /** Returns the size of an element of the gradient times a finite u; its sign is that of u · x. */
  Truth size(int i, double u) {
    double size = Math.abs(x[i]);
    boolean single = norm.equals(Norm.L1) || norm.equals(Norm.SQUARED_L2);
    if (norm.equals(Norm.L0)) {
      return Truth.ZERO;
    }
    if (single ? Double.isNaN(size) : n.isNan()) {
      return Truth.NAN;
    }
    return single ? ofElement(size, Math.abs(u)) : ofNorm(size, Math.abs(u));
  }

  private Truth ofElement(double size, double u) {
    if (size == 0 || u == 0) {
      return Truth.ZERO;
    }
    if (norm.equals(Norm.L1)) {
      return Truth.ofAbs(u);
    }
    return Double.isInfinite(size)
        ? Truth.INFINITY
        : Truth.ofAbs(u).times(Truth.ofAbs(size)).timesPowerOfTwo(1);
  }

  private Truth ofNorm(double size, double u) {
    if (norm.equals(Norm.LINF) || norm.equals(Norm.NEG_INF)) {
      double ties = Arrays.stream(x).filter(xi -> Math.abs(xi) == n.rounded()).count();
      boolean counts = size > 0 && size == n.rounded();
      return counts ? Truth.ofAbs(u).over(Truth.ofAbs(ties)) : Truth.ZERO;
    }
    if (Double.isInfinite(n.rounded())) {
      return Truth.NAN;
    }
    if (size == 0 || u == 0 || Double.isInfinite(size) || !isPositive()) {
      return Truth.ZERO;
    }
    return p == 2
        ? Truth.ofAbs(u).times(Truth.ofAbs(size)).over(n)
        : ExactPower.times(u, size, logOfN, p - 1);
  }
}
