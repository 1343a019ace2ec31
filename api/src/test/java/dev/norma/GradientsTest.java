package dev.norma;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.spi.ElementMap;
import dev.norma.spi.MapPlan;
import dev.norma.spi.PairSums;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What derivatives ask of a backend. */
class GradientsTest {
  /** Returns the coefficients that a gradient of one vector is written with. */
  private static double[] coefficients(Norm norm, ElementMap.Kind kind, double u, double... x) {
    FakeBackend backend = FakeBackend.cpu();
    try (Norma norma = new Norma(new Session(backend))) {
      Batch batch = Batch.of(x);
      Batch out = Batch.of(new double[x.length]);
      norma.gradients().vjp(norm, batch, new double[] {u}, out, Into.ADD);
    }
    assertEquals(1, backend.maps.size());
    MapPlan plan = backend.maps.get(0);
    assertEquals(kind, plan.map().kind());
    assertTrue(plan.adds(), "adds");
    double[] coefficients = new double[kind.coefficients()];
    for (int k = 0; k < coefficients.length; k++) {
      coefficients[k] = plan.coefficients(k)[0];
    }
    return coefficients;
  }

  @Test
  void quotientsOfModerateSizeAreTheCoefficient() {
    double[] moderate = coefficients(Norm.L2, ElementMap.Kind.SCALE, 2, 3, 4);
    assertEquals(0.4, moderate[0]);
    assertArrayEquals(new double[] {1, 1}, new double[] {moderate[2], moderate[3]});
    assertEquals(Math.fma(-5, 0.4, 2) / 5, moderate[1], 1e-30);
  }

  @Test
  void extremeQuotientsAreFormedInSteps() {
    double[] large = coefficients(Norm.L2, ElementMap.Kind.SCALE, 0x1p1000, 0x1p-1000);
    assertArrayEquals(new double[] {0x1p900, 0, 0x1p900, 0x1p200}, large);
    double[] small = coefficients(Norm.L2, ElementMap.Kind.SCALE, 0x1p-1000, 0x1p1000);
    assertArrayEquals(new double[] {0x1p-978, 0, 1, 0x1p-1022}, small);
  }

  @Test
  void zeroAndInfinityHaveNoQuotient() {
    ElementMap.Kind scale = ElementMap.Kind.SCALE;
    assertArrayEquals(new double[] {0, 0, 1, 1}, coefficients(Norm.L2, scale, 7, 0, 0));
    double infinity = Double.POSITIVE_INFINITY;
    double[] nan = coefficients(Norm.L2, scale, 7, infinity, 0);
    assertArrayEquals(new double[] {Double.NaN, 0, 1, 1}, nan);
    double[] factor = coefficients(Norm.L2, scale, -infinity, 3, 4);
    assertArrayEquals(new double[] {-infinity, 0, 1, 1}, factor);
  }

  @Test
  void twiceAFactorThatWouldOverflowIsMultipliedLast() {
    ElementMap.Kind scale = ElementMap.Kind.SCALE;
    double[] half = {0x1p1023, 0, 1, 1};
    assertArrayEquals(half, coefficients(Norm.SQUARED_L2, scale, 0x1p1022, 3));
    double[] last = {-Double.MAX_VALUE, 0, 1, 2};
    assertArrayEquals(last, coefficients(Norm.SQUARED_L2, scale, -Double.MAX_VALUE, 3));
  }

  @Test
  void derivativesOfNothingButAConstantAskForNoSum() {
    FakeBackend backend = FakeBackend.cpu();
    try (Norma norma = new Norma(new Session(backend))) {
      Batch x = Batch.of(3.0, 4.0);
      norma.gradients().hvp(Norm.L1, x, Batch.of(1.0, 2.0), Batch.of(new double[2]));
      assertEquals(ElementMap.ZERO, backend.maps.get(0).map());
      assertEquals(1, backend.maps.size(), "plans");
      assertEquals(0, backend.plans.size(), "reductions");
    }
  }

  @Test
  void derivativesThatNormsHaveNoPartInAskForNone() {
    FakeBackend backend = FakeBackend.cpu();
    try (Norma norma = new Norma(new Session(backend))) {
      Batch x = Batch.rows(new double[] {3, 4, -5, 6}, 2, 2);
      Batch out = Batch.rows(new double[4], 2, 2);
      for (Norm norm : List.of(Norm.L0, Norm.L1, Norm.SQUARED_L2)) {
        norma.gradients().gradient(norm, x, out);
        norma.gradients().vjp(norm, x, new double[] {2, 3}, out, Into.ADD);
        norma.gradients().hvp(norm, x, x, out);
      }
      norma.gradients().jvp(Norm.L1, x, x);
      norma.gradients().jvp(Norm.SQUARED_L2, x, x);
      assertEquals(11, backend.maps.size(), "plans");
      assertEquals(0, backend.plans.size(), "reductions");
    }
  }

  @Test
  void normsOfMatricesWithTheirGradientAskForOneReduction() {
    FakeBackend backend = FakeBackend.cpu();
    try (Norma norma = new Norma(new Session(backend))) {
      double[] gradient = new double[4];
      double[] norms =
          norma
              .gradients()
              .normsAndGradient(
                  MatrixNorm.INDUCED_INF,
                  Matrices.of(new double[] {3, 4, -5, 6}, 2, 2),
                  Matrices.of(gradient, 2, 2));
      assertArrayEquals(new double[] {11}, norms);
      assertEquals(1, backend.plans.size(), "reductions");
      assertArrayEquals(new double[] {0, 1}, backend.maps.get(0).coefficients(0));
    }
  }

  @Test
  void sumsThatAreNoNumberAreTheOneOfJava() {
    FakeBackend backend = FakeBackend.cpu();
    backend.sums = new PairSums(3);
    backend.sums.hi()[0] = Double.longBitsToDouble(0xFFF8_0000_0000_0001L);
    backend.sums.hi()[1] = Double.NEGATIVE_INFINITY;
    backend.sums.lo()[1] = Double.NaN;
    backend.sums.hi()[2] = 1;
    backend.sums.lo()[2] = 0x1p-53 + 0x1p-80;
    try (Norma norma = new Norma(new Session(backend))) {
      Batch x = Batch.rows(new double[3], 3, 1);
      double[] products = norma.gradients().jvp(Norm.L1, x, x);
      long nan = Double.doubleToLongBits(Double.NaN);
      assertEquals(nan, Double.doubleToRawLongBits(products[0]));
      assertEquals(Double.NEGATIVE_INFINITY, products[1]);
      assertEquals(1 + 0x1p-52, products[2]);
    }
  }

  @Test
  void memoryOfAnotherNormaIsRefused() {
    try (Norma one = new Norma(new Session(FakeBackend.device("fake:0")));
        Norma other = new Norma(new Session(FakeBackend.device("fake:1")));
        DeviceBatch mine = one.upload(Batch.of(3.0, 4.0));
        DeviceBatch theirs = other.upload(Batch.of(3.0, 4.0))) {
      Gradients gradients = one.gradients();
      Norm norm = Norm.L2;
      for (Runnable call :
          List.<Runnable>of(
              () -> gradients.gradient(norm, mine, theirs),
              () -> gradients.gradient(norm, theirs, mine),
              () -> gradients.jvp(norm, mine, theirs),
              () -> gradients.hvp(norm, mine, theirs, mine))) {
        String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
        assertTrue(message.contains("on fake:1"), message);
      }
    }
  }
}
