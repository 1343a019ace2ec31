package dev.norma.conformance;

import dev.norma.Norm;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;

/**
 * The derivatives of a norm of one vector in exact arithmetic, with the rules for what is not
 * smooth: what a backend's results are measured against. Not safe for use by several threads.
 */
final class ExactGradient {
  /** Sums of signed numbers are kept to so many digits. */
  static final MathContext DIGITS = new MathContext(60);

  private final Norm norm;
  private final double[] x;
  private final Truth n;
  private final BigDecimal logOfN;
  private final double p;

  /** A sum of signed numbers, and the sum of their absolute values. */
  record Sum(BigDecimal value, BigDecimal size) {
    private static final Sum ZERO = new Sum(BigDecimal.ZERO, BigDecimal.ZERO);

    private Sum plus(BigDecimal term) {
      return new Sum(value.add(term, DIGITS), size.add(term.abs(), DIGITS));
    }

    private Sum times(BigDecimal factor) {
      return new Sum(value.multiply(factor, DIGITS), size.multiply(factor.abs(), DIGITS));
    }
  }

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

  private BigDecimal element(int i) {
    BigDecimal size = decimal(size(i, 1));
    return x[i] < 0 ? size.negate() : size;
  }

  private static BigDecimal decimal(Truth number) {
    return number.toDecimal().round(DIGITS);
  }

  /** Returns the derivative of a finite norm in a finite direction. */
  Sum along(double[] w) {
    Sum sum = Sum.ZERO;
    for (int i = 0; i < x.length; i++) {
      sum = sum.plus(element(i).multiply(new BigDecimal(w[i]), DIGITS));
    }
    return sum;
  }

  /**
   * Returns an element of the product of the Hessian of a finite norm with a finite direction: of
   * L2 and a general p, (p − 1) / N · a^(p − 2) · (w − x · D / N) for a = |x| / N.
   *
   * @param along the derivative in that direction
   */
  Sum hessian(int i, double[] w, Sum along) {
    if (norm.equals(Norm.SQUARED_L2)) {
      return Sum.ZERO.plus(new BigDecimal(2 * w[i]));
    }
    if (Double.isNaN(p) || !isPositive() || (x[i] == 0 && p != 2)) {
      return Sum.ZERO;
    }
    BigDecimal norm = decimal(n);
    BigDecimal power =
        p == 2 ? BigDecimal.ONE : decimal(ExactPower.times(1, Math.abs(x[i]), logOfN, p - 2));
    BigDecimal share = new BigDecimal(x[i]).negate().divide(norm, DIGITS);
    BigDecimal rest = new BigDecimal(w[i]);
    BigDecimal value = rest.add(share.multiply(along.value), DIGITS);
    BigDecimal size = rest.abs().add(share.abs().multiply(along.size), DIGITS);
    BigDecimal factor = new BigDecimal(p - 1).divide(norm, DIGITS).multiply(power, DIGITS);
    return new Sum(value, size).times(factor);
  }
}
