package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.ElementType;
import java.math.BigDecimal;

/**
 * Compares results with numbers in decimal arithmetic, within a bound and the rounding of the
 * result itself.
 *
 * @param name says what was computed
 * @param type the type of elements
 */
record Closeness(String name, ElementType type) {
  /** Compares a number of binary64. */
  void number(BigDecimal expected, double bound, double actual) {
    rounded(Format.of(ElementType.F64), expected, bound, actual);
  }

  /** Compares an element, which was rounded to the type in the end. */
  void element(BigDecimal expected, double bound, double actual) {
    rounded(Format.of(type), expected, bound, actual);
  }

  private void rounded(Format format, BigDecimal expected, double bound, double actual) {
    double rounding = Math.max(Math.abs(actual) * format.ulpOfOne(), format.smallest());
    within(expected, new BigDecimal(bound + rounding), new BigDecimal(actual));
  }

  /**
   * Compares the inner product of elements with a direction; the bound is that of the product, but
   * for what is lost below the smallest number.
   */
  void product(BigDecimal expected, double bound, double[] actual, double[] v) {
    BigDecimal product = BigDecimal.ZERO;
    double allowed = bound;
    for (int i = 0; i < v.length; i++) {
      product = product.add(new BigDecimal(v[i]).multiply(new BigDecimal(actual[i])));
      allowed += Format.of(type).smallest() * Math.abs(v[i]);
    }
    within(expected, new BigDecimal(allowed), product);
  }

  private void within(BigDecimal expected, BigDecimal allowed, BigDecimal actual) {
    BigDecimal error = actual.subtract(expected).abs();
    assertTrue(
        error.compareTo(allowed) <= 0,
        () ->
            "%s: expected %s, actual %s, error %s, allowed %s"
                .formatted(
                    name,
                    expected.round(Dual.DIGITS),
                    actual.round(Dual.DIGITS),
                    error.doubleValue(),
                    allowed.doubleValue()));
  }
}
