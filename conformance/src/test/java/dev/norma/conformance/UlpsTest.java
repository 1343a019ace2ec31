package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class UlpsTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @Test
  void countsUnitsInTheLastPlace() {
    Truth one = Truth.ofAbs(1);
    assertEquals(0, Ulps.error(1, one));
    assertEquals(1, Ulps.error(Math.nextUp(1.0), one));
    assertEquals(0.5, Ulps.error(Math.nextDown(1.0), one));
    assertEquals(0.25, Ulps.error(1, one.plus(Truth.ofAbs(0x1p-54))));
    assertEquals(4, Ulps.error(1e-300 + 4 * Math.ulp(1e-300), Truth.ofAbs(1e-300)));
  }

  @Test
  void countsSubnormalUnits() {
    assertEquals(1, Ulps.error(2 * Double.MIN_VALUE, Truth.ofAbs(Double.MIN_VALUE)));
    assertEquals(1, Ulps.error(Double.MIN_VALUE, Truth.ZERO));
    assertEquals(0.5, Ulps.error(0, Truth.of(BigInteger.ONE, -1075)));
    double belowNormal = Math.nextDown(Double.MIN_NORMAL);
    assertEquals(1, Ulps.error(Double.MIN_NORMAL, Truth.ofAbs(belowNormal)));
  }

  @Test
  void treatsOverflowAsTheNextPowerOfTwo() {
    Truth largest = Truth.ofAbs(Double.MAX_VALUE);
    assertEquals(1, Ulps.error(INFINITY, largest));
    Truth beyond = Truth.of(BigInteger.ONE, 1024);
    assertEquals(0, Ulps.error(INFINITY, beyond));
    assertEquals(1, Ulps.error(Double.MAX_VALUE, beyond));
    assertEquals(0, Ulps.error(INFINITY, Truth.of(BigInteger.ONE, 6000)));
    assertTrue(Ulps.error(Double.MAX_VALUE, Truth.of(BigInteger.ONE, 1100)) > 1e20);
  }

  @Test
  void keepsNanAndInfinityApart() {
    assertEquals(0, Ulps.error(Double.NaN, Truth.NAN));
    assertEquals(0, Ulps.error(INFINITY, Truth.INFINITY));
    assertEquals(INFINITY, Ulps.error(Double.MAX_VALUE, Truth.INFINITY));
    assertEquals(INFINITY, Ulps.error(Double.NaN, Truth.INFINITY));
    assertEquals(INFINITY, Ulps.error(INFINITY, Truth.NAN));
    assertEquals(INFINITY, Ulps.error(Double.NaN, Truth.ofAbs(1)));
    assertEquals(INFINITY, Ulps.error(-1, Truth.ofAbs(1)));
    assertEquals(INFINITY, Ulps.error(0, Truth.NAN));
  }

  @Test
  void measuresRelativeErrors() {
    assertEquals(0, Ulps.relative(3, Truth.ofAbs(3)));
    assertEquals(1.0 / 3, Ulps.relative(4, Truth.ofAbs(3)));
    assertEquals(0, Ulps.relative(0, Truth.ZERO));
    assertEquals(INFINITY, Ulps.relative(1, Truth.ZERO));
    assertEquals(1, Ulps.relative(0, Truth.ofAbs(5)));
    assertEquals(0, Ulps.relative(Double.NaN, Truth.NAN));
    assertEquals(INFINITY, Ulps.relative(INFINITY, Truth.NAN));
    assertEquals(INFINITY, Ulps.relative(1, Truth.INFINITY));
  }

  @Test
  void countsUnitsOfFloats() {
    assertEquals(1, Ulps.floatError(Math.nextUp(1f), Truth.ofAbs(1)));
    assertEquals(0.5, Ulps.floatError(1f, Truth.ofAbs(1 + 0x1p-24)));
    assertEquals(1, Ulps.floatError(Float.MIN_VALUE, Truth.ZERO));
    assertEquals(0, Ulps.floatError(Float.POSITIVE_INFINITY, Truth.ofAbs(1e39)));
    assertEquals(1, Ulps.floatError(Float.POSITIVE_INFINITY, Truth.ofAbs(Float.MAX_VALUE)));
    assertEquals(INFINITY, Ulps.floatError(Float.NaN, Truth.ofAbs(1)));
    assertEquals(0, Ulps.floatError(Float.NaN, Truth.NAN));
  }
}
