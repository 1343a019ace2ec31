package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.ElementType;
import dev.norma.spi.DoubleDouble;
import dev.norma.spi.PowerTerm;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReferencePowerTest {
  private static final int TERMS = 20_000;

  /** What backends may use has the bits of what the kit has written out. */
  @ParameterizedTest
  @EnumSource(names = {"NORMAL", "SUBNORMAL", "AROUND_SUBNORMAL", "WIDE", "SPARSE", "HUGE"})
  void sameBitsAsTheTermOfTheApi(Family family) {
    Seeded random = new Seeded(7);
    double[] numbers = family.vector(ElementType.F64, TERMS + 1, random);
    for (int i = 0; i < TERMS; i++) {
      double scale = numbers[i] == 0 ? Double.MIN_VALUE : Math.abs(numbers[i]);
      compare(exponent(random), scale, Math.abs(numbers[i + 1]));
      compare(exponent(random), scale, scale);
      compare(exponent(random), scale, Math.nextUp(scale));
    }
  }

  /** Returns an exponent of either sign between 2^−40 and 2^40, mostly near 1. */
  private static double exponent(Seeded random) {
    int power = random.below(9) * random.below(6) * (random.bits() < 0 ? 1 : -1);
    return Math.scalb(1 + random.uniform(), power) * (random.bits() < 0 ? 1 : -1);
  }

  private static void compare(double p, double scale, double x) {
    ReferenceOrder.Sum expected = new ReferencePower(p, scale).term(x);
    DoubleDouble actual = new PowerTerm(p, scale).of(x);
    Bits.assertSame(expected.hi(), actual.hi(), () -> describe("hi", p, scale, x));
    Bits.assertSame(expected.lo(), actual.lo(), () -> describe("lo", p, scale, x));
  }

  private static String describe(String part, double p, double scale, double x) {
    return "%s of the power %s of %s over %s"
        .formatted(part, Bits.show(p), Bits.show(x), Bits.show(scale));
  }

  /** The document says: 2⁻⁵⁷ and 2⁻⁵⁶ of it for the logarithm, times p, and 2⁻⁶³ for the power. */
  @Test
  void asCloseToTheTruthAsTheDocumentSays() {
    Seeded random = new Seeded(1);
    for (int i = 0; i < TERMS; i++) {
      double scale = Math.scalb(1 + random.uniform(), random.below(40) - 20);
      double x = scale * (1 - Math.scalb(random.uniform(), -random.below(50)));
      int quarters = 1 + random.below(64);
      double[] over = random.bits() < 0 ? new double[] {x, scale} : new double[] {scale, x};
      int signed = over[0] == x ? quarters : -quarters;
      BigDecimal truth = ExactPower.quarters(new double[] {over[0]}, signed, over[1]);
      ReferenceOrder.Sum term = new ReferencePower(signed / 4.0, over[1]).term(over[0]);
      BigDecimal error =
          new BigDecimal(term.hi()).add(new BigDecimal(term.lo())).subtract(truth).abs();
      double ofLogarithm = Math.min(0x1p-57, 1.001 * (scale - x) / x / Math.log(2) * 0x1p-56);
      double bound = truth.doubleValue() * (quarters / 4.0 * ofLogarithm + 0x1p-63) + 0x1p-250;
      assertTrue(
          error.doubleValue() <= bound,
          () -> describe("error " + error, signed / 4.0, over[1], over[0]));
    }
  }

  @Test
  void whatIsNoOrdinaryTerm() {
    ReferenceOrder.Sum none = new ReferenceOrder.Sum(0, 0);
    assertEquals(none, new ReferencePower(3, 2).term(0));
    assertEquals(none, new ReferencePower(-3, 2).term(Double.POSITIVE_INFINITY));
    assertEquals(none, new ReferencePower(960.5, 2).term(1));
    assertEquals(0x1p-960, new ReferencePower(960, 2).term(1).hi());
    assertEquals(new ReferenceOrder.Sum(1, 0), new ReferencePower(960, 2).term(3));
  }
}
