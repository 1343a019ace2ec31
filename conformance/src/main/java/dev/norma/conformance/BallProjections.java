package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Norm;
import dev.norma.Transforms;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Projections onto the L1 ball, and what they leave of vectors, the proximal points of L∞: element
 * by element against exact arithmetic, within the bounds of the numeric contract.
 */
interface BallProjections extends Conformance {
  /** How many rows of random numbers are projected at once. */
  int RANDOM_ROWS = 12;

  private Transforms ofBackend() {
    return subject().norma().transforms();
  }

  /** Rows of three that are huge beside a radius, or at the ends of the range. */
  private static double[] hardRows() {
    return Stream.of(
            DoubleStream.of(1e17, 1, 1),
            DoubleStream.of(1e300, 1e300, 1),
            DoubleStream.of(1e300, -1e300, 1e300),
            DoubleStream.of(1e17 + 16, -1e17, 1),
            DoubleStream.of(1e17 + 16, 1e17, 1e17 - 16),
            DoubleStream.of(0x1p60, -0x1p60, 1),
            DoubleStream.of(0x1p53, 0x1.fffffffffffffp52, 0.5),
            DoubleStream.of(0x1.5p1021, 0x1.5p1021, 0x1p1021),
            DoubleStream.of(5 * Double.MIN_VALUE, -3 * Double.MIN_VALUE, Double.MIN_VALUE),
            DoubleStream.of(3, 0x1p-52, -2),
            DoubleStream.of(0.1, 0.2, -0.3),
            DoubleStream.of(0, 0, 0))
        .flatMapToDouble(row -> row)
        .toArray();
  }

  /** The difference of an element and the threshold is less than either can be off by. */
  @Test
  default void radiiBelowTheLastBit() {
    double[] x = {1e17, 1, 1, 1e300, 1e300, 1, 0x1p60, -0x1p60, 1};
    double[] y = new double[x.length];
    ofBackend().project(Norm.L1, Batch.rows(x, 3, 3), 1, Batch.rows(y, 3, 3));
    assertEquals("[1.0, 0.0, 0.0, 0.5, 0.5, 0.0, 0.5, -0.5, 0.0]", Arrays.toString(y));
  }

  /** Rows that are hard for binary64. */
  @Test
  default void hardRowsAreProjected() {
    for (double radius : new double[] {0, Double.MIN_VALUE, 1e-300, 0.3, 1, 16, 20, 1e16, 1e299}) {
      check(ElementType.F64, hardRows(), 3, radius);
    }
  }

  /** What is left of a difference may be a number of the type where the difference is none. */
  @Test
  default void differencesBeyondTheTypeAreProjected() {
    Batch x = Rescalings.batch(Rescalings.memory(ElementType.F16, 60_000, 0), ElementType.F16, 2);
    Batch y = Rescalings.batch(Rescalings.memory(ElementType.F16, -60_000, 1), ElementType.F16, 2);
    MemorySegment out = Rescalings.memory(ElementType.F16, 0, 0);
    Batch to = Rescalings.batch(out, ElementType.F16, 2);
    Unsupported.unlessRefused(
        backend(),
        "differences",
        () -> {
          ofBackend().project(Norm.L1, Batch.difference(x, y), 1024, to);
          assertEquals(
              "[1024.0, 0.0]", Arrays.toString(Rescalings.read(out, ElementType.F16)), "projected");
          ofBackend().prox(Norm.LINF, Batch.difference(x, y), 119_000, to);
          assertEquals(
              "[1000.0, -1.0]", Arrays.toString(Rescalings.read(out, ElementType.F16)), "rest");
        });
  }

  /** Rows of many sizes, to radii from far below their elements to beyond their norms. */
  @ParameterizedTest
  @EnumSource
  default void randomRowsAreProjected(ElementType type) {
    Seeded random = new Seeded(77);
    int range = Format.of(type).maxExponent() - 9; // so that no norm leaves it
    for (int length : new int[] {1, 2, 5, 33, 100}) {
      for (int scale : new int[] {-range, -5, 0, range}) {
        double[] x = new double[RANDOM_ROWS * length];
        Arrays.setAll(x, i -> element(type, i / length, scale, random));
        double below = Math.scalb(1.0, -random.below(Format.of(type).precision() + 20));
        double size = Math.scalb(1 + random.uniform(), scale);
        check(type, x, length, size * below);
        check(type, x, length, size * length / 2);
      }
    }
  }

  /** Returns an element: of a third of the rows they are far apart, of another nearly alike. */
  private static double element(ElementType type, int row, int scale, Seeded random) {
    Format format = Format.of(type);
    double spread =
        switch (row % 3) {
          case 0 -> random.normal();
          case 1 -> Math.scalb(random.normal(), -random.below(2 * format.precision()));
          default -> 1 + random.below(1 + row) * format.ulpOfOne();
        };
    double signed = random.below(2) == 0 ? spread : -spread;
    return format.nearest(Math.scalb(signed, scale));
  }

  private void check(ElementType type, double[] x, int length, double radius) {
    MemorySegment memory = Rescalings.memory(type, x);
    MemorySegment out = Rescalings.memory(type, new double[x.length]);
    Batch rows = Rescalings.batch(memory, type, length);
    ofBackend().prox(Norm.LINF, rows, radius, Rescalings.batch(out, type, length));
    double[] rest = Rescalings.read(out, type);
    ofBackend().project(Norm.L1, rows, radius, Rescalings.batch(out, type, length));
    double[] projected = Rescalings.read(out, type);
    ofBackend().project(Norm.L1, rows, radius, rows);
    assertEquals(-1, memory.mismatch(out), "in place");
    for (int row = 0; row < x.length / length; row++) {
      ExactBall ball =
          new ExactBall(Arrays.copyOfRange(x, row * length, (row + 1) * length), radius);
      for (int i = row * length; i < (row + 1) * length; i++) {
        check(type, ball, x[i], projected[i], rest[i], "%s to %s".formatted(x[i], radius));
      }
    }
  }

  private static void check(
      ElementType type, ExactBall ball, double x, double projected, double rest, String what) {
    boolean f64 = type == ElementType.F64;
    double bound = f64 ? 2 : 1;
    double error = ball.errorOfProjection(x, projected, type);
    if (error > 0.6) {}
    assertTrue(error <= bound, () -> type + ", " + what + ": " + error + " ulp: " + projected);
    double left = ball.errorOfRest(x, rest, f64 ? 0x1p-80 : 0x1p-40, type);
    if (left > 0.55) {}
    assertTrue(left <= bound, () -> type + ", rest of " + what + ": " + left + " ulp: " + rest);
  }
}
