package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TruthTest {
  private static final double HALF_ULP_OF_MAX = 0x1p970;

  @ParameterizedTest
  @ValueSource(
      doubles = {0, 1, 0.1, 1e300, Double.MAX_VALUE, Double.MIN_VALUE, Double.MIN_NORMAL, 1e-310})
  void doublesComeBack(double x) {
    assertEquals(x, Truth.ofAbs(x).rounded());
    assertEquals(x, Truth.ofAbs(-x).rounded());
    assertEquals((float) x, Truth.ofAbs(x).roundedToFloat());
    assertEquals(0, new BigDecimal(x).compareTo(Truth.ofAbs(x).toDecimal()), "in decimal");
  }

  @Test
  void overflowsFromHalfAnUlpBeyondTheLargest() {
    Truth largest = Truth.ofAbs(Double.MAX_VALUE);
    Truth tie = largest.plus(Truth.ofAbs(HALF_ULP_OF_MAX));
    Truth below = largest.plus(Truth.ofAbs(Math.nextDown(HALF_ULP_OF_MAX)));
    assertEquals(Double.POSITIVE_INFINITY, tie.rounded());
    assertEquals(Double.MAX_VALUE, below.rounded());
    Truth floatTie = Truth.ofAbs(Float.MAX_VALUE + 0x1p103);
    assertEquals(Float.POSITIVE_INFINITY, floatTie.roundedToFloat());
    assertEquals(Float.MAX_VALUE, Truth.ofAbs(Float.MAX_VALUE + 0x1p102).roundedToFloat());
  }

  @Test
  void roundsTiesToEven() {
    Truth one = Truth.ofAbs(1);
    Truth half = Truth.ofAbs(0x1p-53);
    assertEquals(1, one.plus(half).rounded());
    assertEquals(Math.nextUp(1.0), one.plus(half).plus(Truth.ofAbs(1e-300)).rounded());
    assertEquals(1 + 0x1p-51, Truth.ofAbs(Math.nextUp(1.0)).plus(half).rounded());
    Truth halfOfSmallest = Truth.of(BigInteger.ONE, -1075);
    assertEquals(0, halfOfSmallest.rounded());
    assertEquals(Double.MIN_VALUE, halfOfSmallest.plus(Truth.ofAbs(0)).plus(tiny()).rounded());
    assertEquals(0x1p-1073, Truth.of(BigInteger.valueOf(3), -1075).rounded());
  }

  private static Truth tiny() {
    return Truth.of(BigInteger.ONE, -3000);
  }

  @Test
  void takesRoots() {
    String two = "1.41421356237309504880168872420969807856967187537694807317667973799";
    BigDecimal root = Truth.ofAbs(2).sqrt().toDecimal();
    BigDecimal error = root.subtract(new BigDecimal(two)).abs();
    assertTrue(error.compareTo(new BigDecimal("1e-64")) < 0, root::toString);
    assertEquals(0x1p-537, Truth.ofAbs(Double.MIN_VALUE).sqrt().rounded());
    assertEquals(0x1p-1074, Truth.of(BigInteger.ONE, -2148).sqrt().rounded());
    assertEquals(Truth.INFINITY, Truth.INFINITY.sqrt());
    assertEquals(Truth.ZERO, Truth.ZERO.sqrt());
  }

  @Test
  void readsDecimals() {
    assertEquals(0.1, Truth.of(new BigDecimal("0.1")).rounded());
    assertEquals(1e300, Truth.of(new BigDecimal("1e300")).rounded());
    assertEquals(1e-310, Truth.of(new BigDecimal("1e-310")).rounded());
    assertEquals(Truth.ZERO, Truth.of(BigDecimal.ZERO));
    assertThrows(IllegalArgumentException.class, () -> Truth.of(BigInteger.TEN.negate(), 0));
  }

  @Test
  void ordersNumbersBelowInfinityBelowNan() {
    assertTrue(Truth.ofAbs(1).compareTo(Truth.ofAbs(2)) < 0);
    assertTrue(Truth.of(BigInteger.ONE, 5000).compareTo(Truth.INFINITY) < 0);
    assertTrue(Truth.INFINITY.compareTo(Truth.NAN) < 0);
    assertEquals(Truth.NAN, Truth.INFINITY.plus(Truth.NAN));
    assertEquals(Truth.INFINITY, Truth.INFINITY.plus(Truth.ofAbs(1)));
  }
}
