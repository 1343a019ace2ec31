package dev.norma.conformance;

/**
 * The terms of a sum of powers, written down once more from {@code docs/numerics.md} ("The term of
 * a power") step by step and under the names of that page, where x′ is x1 here: with nothing in
 * common with what backends use, so that a mistake in either shows as a difference of bits.
 */
final class ReferencePower {
  private static final double C = 0x1.71547652b82fep1;
  private static final double C1 = 0x1.777d0ffda0d24p-55;
  private static final double SMALL_C = 0x1.62e42fefa39efp-4;
  private static final double SMALL_C1 = 0x1.abc9e3b39803fp-59;
  private static final double R = 0x1.6a09e667f3bcdp-1;
  private static final double ROUNDER = 1.5 * (1L << 52);

  private final double p;
  private final Scale scale;

  /** A logarithm e + (l + m). */
  record Log2(int e, double l, double m) {}

  /** A scale h · 2^(nu + eta). */
  record Scale(double h, double eta, int nu) {
    /** Returns a positive finite number. */
    static Scale of(double s) {
      return s < 0x1p-1022 ? of(s * 0x1p54, 0, -54) : of(s, 0, 0);
    }

    /** Returns (h + l) · 2^k, where h is no subnormal number. */
    static Scale of(double h, double l, int k) {
      int e = Math.getExponent(h);
      return new Scale(Math.scalb(h, -e), (l / h) * (C / 2), e + k);
    }
  }

  /** Prepares the terms (|x| / scale)^p. */
  ReferencePower(double p, double scale) {
    this.p = p;
    this.scale = Scale.of(scale);
  }

  /** Returns the pair (u, v) of a number that is not negative. */
  ReferenceOrder.Sum term(double x) {
    if (x == 0 || x == Double.POSITIVE_INFINITY) {
      return new ReferenceOrder.Sum(0, 0);
    }
    ReferenceOrder.Sum pi = power(x, scale, p);
    double y = pi.hi() + pi.lo();
    double y1 = pi.lo() - (y - pi.hi());
    if (y > 0) {
      return new ReferenceOrder.Sum(1, 0);
    }
    return y >= -960 ? exp2(y, y1) : new ReferenceOrder.Sum(0, 0);
  }

  /** Returns the pair (π, π′), the logarithm of (a / scale)^q. */
  static ReferenceOrder.Sum power(double a, Scale scale, double q) {
    Log2 log = log2(a, scale.h);
    double bigD = log.e - scale.nu;
    double r = bigD + log.l;
    double r1 = (log.l - (r - bigD)) + (log.m - scale.eta);
    double pi = q * r;
    return new ReferenceOrder.Sum(pi, Math.fma(q, r1, Math.fma(q, r, -pi)));
  }

  /** Returns the logarithm of a / h for a positive finite number and one in [1, 2). */
  static Log2 log2(double a, double h) {
    boolean subnormal = a < 0x1p-1022;
    long bits = Double.doubleToRawLongBits(subnormal ? a * 0x1p54 : a);
    long least = Double.doubleToRawLongBits(h * R);
    long k = (bits + 0x3FF0000000000000L - least) >>> 52;
    double m = Double.longBitsToDouble(bits - (k << 52) + 0x3FF0000000000000L);
    double f = m - h;
    double g = m + h;
    double g1 = f - (g - 2 * h);
    double rho = 1 / g;
    double sigma = f * rho;
    double sigma1 = rho * Math.fma(-sigma, g1, Math.fma(-sigma, g, f));
    double z = sigma * sigma;
    double w = 1 / 23.0;
    for (int odd = 21; odd >= 3; odd -= 2) {
      w = Math.fma(w, z, 1.0 / odd);
    }
    double tau = Math.fma(sigma, z * w, sigma1);
    double l = sigma * C;
    double rest = Math.fma(sigma, C, -l) + Math.fma(tau, C, sigma * C1);
    return new Log2((int) k - 1023 - (subnormal ? 54 : 0), l, rest);
  }

  private static ReferenceOrder.Sum exp2(double y, double y1) {
    double n = (y + ROUNDER) - ROUNDER;
    ReferenceOrder.Sum fraction = exp2OfFraction(y - n, y1);
    double power = Math.scalb(1.0, (int) n);
    return new ReferenceOrder.Sum(fraction.hi() * power, fraction.lo() * power);
  }

  /** Returns the pair (u, v), 2^(r + r1) where |r| ≤ ½. */
  static ReferenceOrder.Sum exp2OfFraction(double r, double r1) {
    double v = r * SMALL_C;
    double v1 = Math.fma(r, SMALL_C, -v) + Math.fma(r, SMALL_C1, r1 * SMALL_C);
    double q = v * v;
    double q1 = Math.fma(v, v, -q);
    double t = (q * v) * factorials(v);
    double h = 0.5 * q;
    double a = v + h;
    double a1 = (h - (a - v)) + (Math.fma(v, v1, 0.5 * q1) + (v1 + t));
    double eps = a + a1;
    double eps1 = a1 - (eps - a);
    for (int doubling = 0; doubling < 3; doubling++) {
      double w = 2 * eps;
      q = eps * eps;
      q1 = Math.fma(eps, eps, -q) + w * eps1;
      a = w + q;
      a1 = (q - (a - w)) + (q1 + 2 * eps1);
      eps = a + a1;
      eps1 = a1 - (eps - a);
    }
    double u = 1 + eps;
    return new ReferenceOrder.Sum(u, (eps - (u - 1)) + eps1);
  }

  /** Returns 1/3! + v/4! + … + v⁸/11!. */
  private static double factorials(double v) {
    double factorial = 39916800; // 11!
    double sum = 1 / factorial;
    for (int n = 11; n > 3; n--) {
      factorial /= n;
      sum = Math.fma(sum, v, 1 / factorial);
    }
    return sum;
  }
}
