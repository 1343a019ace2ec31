package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Norm;
import dev.norma.Transforms;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Vector-Jacobian products of normalising. */
interface NormalisedDerivatives extends Conformance {
  /** The columns of most tests: more than 32, and no multiple. */
  int LENGTH = Rescalings.COLUMNS;

  private Transforms transforms() {
    return subject().norma().transforms();
  }

  /** Of rows of about the same size, so that the products fit their type. */
  @ParameterizedTest
  @EnumSource
  default void byL2AreRoundedOnce(ElementType type) {
    Random random = new Random(13);
    Format format = Format.of(type);
    double[] x = new double[5 * LENGTH];
    double[] u = new double[5 * LENGTH];
    Arrays.setAll(x, i -> format.nearest(random.nextGaussian()));
    // Nearly parallel to x, so that the terms are larger than what they leave.
    Arrays.setAll(u, i -> format.nearest(3 * x[i] + random.nextGaussian() / 8));
    MemorySegment out = Rescalings.memory(type, new double[x.length]);
    transforms()
        .normalizeVjp(
            Norm.L2,
            Rescalings.batch(Rescalings.memory(type, x), type, LENGTH),
            1e-3,
            Rescalings.batch(Rescalings.memory(type, u), type, LENGTH),
            Rescalings.batch(out, type, LENGTH));
    double[] y = Rescalings.read(out, type);
    for (int row = 0; row < 5; row++) {
      int from = row * LENGTH;
      checkRow(
          Arrays.copyOfRange(x, from, from + LENGTH),
          Arrays.copyOfRange(u, from, from + LENGTH),
          Arrays.copyOfRange(y, from, from + LENGTH),
          format);
    }
  }

  /** An ulp of the type, and for f64 what its operations round on the way. */
  private static void checkRow(double[] x, double[] u, double[] y, Format format) {
    MathContext digits = new MathContext(60);
    BigDecimal norm = Rescalings.exactNorm(x);
    BigDecimal product = BigDecimal.ZERO;
    for (int i = 0; i < x.length; i++) {
      product = product.add(new BigDecimal(x[i]).multiply(new BigDecimal(u[i])));
    }
    BigDecimal factor = product.divide(norm.pow(2), digits);
    for (int i = 0; i < x.length; i++) {
      BigDecimal exact =
          new BigDecimal(u[i]).subtract(factor.multiply(new BigDecimal(x[i]))).divide(norm, digits);
      double error = new BigDecimal(y[i]).subtract(exact).abs().doubleValue();
      double terms = (Math.abs(u[i]) + factor.doubleValue() * Math.abs(x[i])) / norm.doubleValue();
      double ulp = Math.max(exact.abs().doubleValue() * format.ulpOfOne(), format.smallest());
      assertTrue(error <= ulp + 0x1p-50 * terms, () -> error + " of " + exact);
    }
  }

  /** Each term is beyond the largest number of binary16. */
  @Test
  default void byL2NeedTheRangeOfTheResultAlone() {
    ElementType type = ElementType.F16;
    MemorySegment x = Rescalings.memory(type, 0x1p-14, 0);
    MemorySegment u = Rescalings.memory(type, 8, 1);
    transforms()
        .normalizeVjp(
            Norm.L2,
            Rescalings.batch(x, type, 2),
            0,
            Rescalings.batch(u, type, 2),
            Rescalings.batch(x, type, 2));
    assertArrayEquals(new double[] {0, 0x1p14}, Rescalings.read(x, type));
  }

  /** ⟨u, J v⟩ = ⟨Jᵀu, v⟩, with J v from dual numbers of x / max(‖x‖, ε), on both sides of ε. */
  @ParameterizedTest
  @EnumSource
  default void normalisingHasItsAdjoint(ElementType type) {
    double[][] x = Family.NORMAL.vectors(type, 6, 5, 21);
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x[i].length; j++) {
        x[i][j] *= i % 2 == 0 ? 0x1p-6 : 4;
      }
    }
    double[][] u = Family.NORMAL.vectors(type, x.length, 5, 22);
    double[][] v = Family.NORMAL.vectors(type, x.length, 5, 23);
    for (double epsilon : new double[] {0, 0.75}) {
      for (Norm norm : DualDerivatives.DUAL_NORMS) {
        String name = "normalising by L%s of %s, epsilon %s".formatted(norm, type, epsilon);
        Unsupported.unlessRefused(
            backend(), name, () -> adjoint(name, norm, type, epsilon, x, u, v));
      }
    }
  }

  private void adjoint(
      String name,
      Norm norm,
      ElementType type,
      double epsilon,
      double[][] x,
      double[][] u,
      double[][] v) {
    GradientCalls calls = new GradientCalls(subject().norma().gradients(), type);
    double[][] back = calls.normalizeVjp(transforms(), norm, x, epsilon, u);
    for (int i = 0; i < x.length; i++) {
      Dual derivative = normalised(norm, x[i], epsilon, u[i], v[i]);
      double size = new ErrorSizes(norm, x[i]).ofNormalised(epsilon, u[i], v[i]);
      double bound = GradientBounds.ofNormalised(norm, type) * size;
      new Closeness(name, type).product(derivative.first(), bound, back[i], v[i]);
    }
  }

  /** Returns Σ uᵢ yᵢ of the normalised vector y. */
  private static Dual normalised(Norm norm, double[] x, double epsilon, double[] u, double[] v) {
    Dual[] point = DualNorm.point(x, v, new double[x.length]);
    Dual divisor = Dual.larger(DualNorm.of(norm, point), Dual.of(epsilon, 0, 0));
    Dual sum = Dual.ZERO;
    for (int i = 0; i < x.length; i++) {
      sum = sum.plus(point[i].over(divisor).times(Dual.of(u[i], 0, 0)));
    }
    return sum;
  }

  @Test
  default void theAdjointKnowsEpsilonAndZero() {
    double[] x = {0, 0, 3e-9, 4e-9};
    double[] u = {1, 2, 1, 2};
    double[] out = new double[4];
    transforms()
        .normalizeVjp(
            Norm.L2, Batch.rows(x, 2, 2), 0.5, Batch.rows(u, 2, 2), Batch.rows(out, 2, 2));
    assertArrayEquals(new double[] {2, 4, 2, 4}, out);
    transforms()
        .normalizeVjp(Norm.L2, Batch.rows(x, 2, 2), 0, Batch.rows(u, 2, 2), Batch.rows(out, 2, 2));
    assertEquals(0, out[0]);
    assertEquals(0, out[1]);
    assertThrows(
        IllegalArgumentException.class,
        () -> transforms().normalizeVjp(Norm.L2, Batch.of(x), 0, Batch.of(u), Batch.of(u)));
  }

  /** Neither products of x and u, nor the square of the norm, need be in the range. */
  @Test
  default void theAdjointKeepsTheRange() {
    for (int power : new int[] {-1000, -700, 700, 1000}) {
      double size = Math.scalb(1.0, power);
      double[] x = {3 * size, 4 * size, 2 * size, 0};
      double[] u = {3 * size, 4 * size, size, size};
      double[] out = new double[4];
      transforms()
          .normalizeVjp(
              Norm.L2, Batch.rows(x, 2, 2), 0, Batch.rows(u, 2, 2), Batch.rows(out, 2, 2));
      assertArrayEquals(new double[] {0, 0, 0, 0.5}, out, 1e-15, "2^" + power);
    }
  }
}
