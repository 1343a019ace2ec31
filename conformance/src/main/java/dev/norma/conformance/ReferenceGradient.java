package dev.norma.conformance;

import dev.norma.ElementType;
import dev.norma.Norm;
import dev.norma.spi.ElementMap;
import java.util.Arrays;

/**
 * The derivatives of norms of one vector, written down once more from {@code docs/numerics.md}
 * ("Gradients") under the names of that page, on the {@link ReferenceNorm}: every result must have
 * these bits. Slow.
 */
final class ReferenceGradient {
  private final Norm norm;
  private final ElementType type;
  private final double[] x;
  private final ReferenceNorm.Unrounded n;

  /** Takes a vector of elements that were of the given type before widening. */
  ReferenceGradient(Norm norm, ElementType type, double[] x) {
    this.norm = norm;
    this.type = type;
    this.x = x;
    this.n = ReferenceNorm.unrounded(norm, type, x);
  }

  /** Returns the norm. */
  double norm() {
    return n.rounded();
  }

  /**
   * Returns the gradient times u, where it is written as it is, before it is rounded to the type.
   */
  double[] written(double u) {
    ReferenceMap gradient = gradient(u);
    return Arrays.stream(x).map(xi -> gradient.written(type, xi, 0)).toArray();
  }

  /** Returns the gradient times u, where it is added to something, before that is rounded. */
  double[] times(double u) {
    ReferenceMap gradient = gradient(u);
    return Arrays.stream(x).map(xi -> gradient.of(xi, 0)).toArray();
  }

  /** Returns the derivative in a direction. */
  double along(double[] direction) {
    ReferenceOrder.Sum sum = gradient(1).sum(x, direction);
    return Double.isFinite(sum.hi()) ? sum.hi() + sum.lo() : sum.hi();
  }

  /** Returns the Hessian times a vector, before it is rounded to the type. */
  double[] hessian(double[] w) {
    double[] product = new double[x.length];
    if (norm.equals(Norm.SQUARED_L2)) {
      ReferenceMap twice = new ReferenceMap(ElementMap.SCALE, 2, 0, 1, 1);
      Arrays.setAll(product, i -> twice.of(w[i], 0));
    } else if (norm.equals(Norm.L2) || Norms.isPower(norm)) {
      double p = Norms.exponent(norm);
      ReferenceMap hessian = new ReferenceMap(ElementMap.hessian(p - 2), curvature(p, along(w)));
      Arrays.setAll(product, i -> hessian.of(x[i], w[i]));
    }
    return product;
  }

  private ReferenceMap gradient(double u) {
    return switch (norm.toString()) {
      case "0" -> new ReferenceMap(ElementMap.ZERO);
      case "1" -> new ReferenceMap(ElementMap.SIGN, u);
      case "sq2" -> new ReferenceMap(ElementMap.SCALE, twice(u));
      case "2" -> new ReferenceMap(ElementMap.SCALE, quotient(u));
      case "inf", "-inf" -> new ReferenceMap(ElementMap.TIE, n.h(), share(u));
      default -> new ReferenceMap(ElementMap.power(Norms.exponent(norm) - 1), power(u));
    };
  }

  private double share(double u) {
    double k = Arrays.stream(x).filter(xi -> Math.abs(xi) == n.h()).count();
    if (Double.isNaN(n.h())) {
      return Double.NaN;
    }
    return n.h() == 0 ? 0 : u / k;
  }

  private static double[] twice(double u) {
    return Double.isFinite(2 * u) ? new double[] {2 * u, 0, 1, 1} : new double[] {u, 0, 1, 2};
  }

  /** Returns h, l, b and a of u / N. */
  private double[] quotient(double u) {
    if (!Double.isFinite(norm())) {
      return new double[] {Double.NaN, 0, 1, 1};
    }
    if (n.h() == 0 || u == 0 || !Double.isFinite(u)) {
      return new double[] {n.h() == 0 ? 0 : u, 0, 1, 1};
    }
    int j = Math.getExponent(u);
    double mu = Math.scalb(u, -j);
    double h1 = mu / n.h();
    double l1 = (Math.fma(-h1, n.h(), mu) - h1 * n.l()) / n.h();
    int d = Math.getExponent(h1);
    int r = d + j - n.k();
    int logB = r > 900 ? 900 : 0;
    int i = Math.min(Math.max(r - logB, -900), 900);
    int logA = Math.max(r - logB - i, -1022);
    int left = j - n.k() - logB - logA;
    return new double[] {
      Math.scalb(h1, left), Math.scalb(l1, left), Math.scalb(1.0, logB), Math.scalb(1.0, logA)
    };
  }

  /** Returns c, k, h, η and ν. */
  private double[] power(double u) {
    if (!Double.isFinite(norm()) || n.h() == 0) {
      return new double[] {n.h() == 0 ? 0 : Double.NaN, 0, 1, 0, 0};
    }
    int j = u == 0 || !Double.isFinite(u) ? 0 : Math.getExponent(u);
    ReferencePower.Scale s = scale();
    return new double[] {Math.scalb(u, -j), j, s.h(), s.eta(), s.nu()};
  }

  /** Returns e, b, c, k, h, η and ν, for the derivative D in the direction. */
  private double[] curvature(double p, double bigD) {
    if (!Double.isFinite(norm()) || n.h() == 0) {
      return new double[] {0, 1, n.h() == 0 ? 0 : Double.NaN, 0, 1, 0, 0};
    }
    int logB = Math.min(Math.max(-n.k(), -1022), 1023);
    double e = Math.scalb(bigD / n.h(), -n.k() - logB);
    double c = ((p - 1) / n.h()) * (1 - n.l() / n.h());
    ReferencePower.Scale s = scale();
    return new double[] {e, Math.scalb(1.0, logB), c, -n.k(), s.h(), s.eta(), s.nu()};
  }

  private ReferencePower.Scale scale() {
    return ReferencePower.Scale.of(n.h(), n.l(), n.k());
  }
}
