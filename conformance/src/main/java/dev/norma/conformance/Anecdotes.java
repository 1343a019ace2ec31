package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Norm;
import dev.norma.Norma;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Inputs that other implementations of norms are known to have got wrong. */
interface Anecdotes extends Conformance {
  /** Sums in float stop growing at 2^24, or end at 4096 or 11585. */
  @Test
  default void hundredMillionOnes() {
    float[] ones = new float[100_000_000];
    Arrays.fill(ones, 1);
    Batch batch = Batch.of(ones);
    Unsupported.unlessRefused(backend(), "1e8 ones", () -> ones(batch));
  }

  private void ones(Batch batch) {
    Norma norma = subject().norma();
    assertEquals(1e4, norma.norm(Norm.L2, batch), "L2 of 1e8 ones");
    assertEquals(1e8, norma.norm(Norm.L1, batch), "L1 of 1e8 ones");
    assertEquals(1e8, norma.norm(Norm.L0, batch), "L0 of 1e8 ones");
  }

  /** Squares of these overflow a float, and the ones vanish in a float's sum. */
  @Test
  default void floatSquaresDoNotOverflow() {
    check(ElementType.F32, 1e20f, 1, 1);
    check(ElementType.F32, constant(5000, Float.MAX_VALUE));
    check(ElementType.BF16, constant(65_536, 1));
    check(ElementType.BF16, constant(100, Format.of(ElementType.BF16).largest()));
    check(ElementType.F16, constant(5000, Format.of(ElementType.F16).largest()));
  }

  /** A sum that leaves the range on the way to a norm that does not. */
  @Test
  default void doubleRange() {
    check(ElementType.F64, constant(1000, Double.MAX_VALUE));
    check(ElementType.F64, constant(1000, Double.MAX_VALUE / 1000));
    check(ElementType.F64, constant(1000, Double.MAX_VALUE / Math.sqrt(1000)));
    check(ElementType.F64, constant(1000, Double.MAX_VALUE / 32));
    check(ElementType.F64, constant(28, 7.457e-310));
    check(ElementType.F64, constant(100, Double.MIN_VALUE));
    check(ElementType.F64, Double.MAX_VALUE, Math.ulp(Double.MAX_VALUE) / 2);
    check(ElementType.F64, Double.MAX_VALUE, Math.nextDown(Math.ulp(Double.MAX_VALUE) / 2));
    check(ElementType.F64, 1, 0x1p-53, 0x1p-106);
    check(ElementType.F64, 0x1p1000, 1, 0x1p-1000);
  }

  /** Sums of squares of which the norm is right, and what lies on the way to it is hard. */
  @Test
  default void hardRoots() {
    check(ElementType.F64, Extremes.partsOverflow());
    check(ElementType.F32, Extremes.rootHalfway());
  }

  /** Exponents far out, over numbers far out, short and long of the type's limits. */
  @ParameterizedTest
  @EnumSource
  default void farPowers(ElementType type) {
    Format format = Format.of(type);
    double top = format.largest();
    double bottom = format.smallest();
    double[] mixed = {bottom, 1, top};
    List<double[]> vectors =
        Stream.of(
                new double[] {top / 2, top / 3, top / 7, top},
                constant(7, top / 4),
                new double[] {bottom * 5, bottom * 7, bottom * 100},
                constant(2, bottom),
                mixed,
                new double[] {top, bottom, 0},
                new double[] {1.5, Double.POSITIVE_INFINITY},
                new double[] {top},
                new double[] {bottom},
                new double[] {1, 1 + format.ulpOfOne(), 1 - format.ulpOfOne()},
                Family.NORMAL.vector(type, 20, new Seeded(20)),
                Family.WIDE.vector(type, 20, new Seeded(21)))
            .map(vector -> Arrays.stream(vector).map(format::nearest).toArray())
            .toList();
    for (double[] vector : vectors) {
      check(type, Norms.FAR_POWERS, vector);
    }
  }

  /** The eighth powers of these are far outside of binary64. */
  @Test
  default void eighthPowers() {
    double[] huge = {1e300, 2e300, 3e300};
    double[] tiny = {1e-300, 2e-300, 3e-300};
    check(ElementType.F64, Norms.FAR_POWERS, huge);
    check(ElementType.F64, Norms.FAR_POWERS, tiny);
    double eighth = subject().norma().norm(Norm.lp(8), Batch.of(huge));
    assertEquals(3.014443335890572e300, eighth, 1e287, "L8 of 1e300, 2e300, 3e300");
  }

  /** More vectors than are worked on at once, each of which needs its sum of squares scaled. */
  @Test
  default void manyVectors() {
    double[] vectors = new double[(1 << 20) + 5];
    Arrays.setAll(vectors, i -> (i % 1000 - 500) * 1e-200);
    double[] expected = Arrays.stream(vectors).map(Math::abs).toArray();
    Batch batch = Batch.rows(vectors, vectors.length, 1);
    for (Norm norm : List.of(Norm.L1, Norm.L2, Norm.NEG_INF, Norm.lp(3))) {
      double[] actual = subject().norma().norms(norm, batch);
      Bits.assertSame(expected, actual, () -> "L" + norm + " of 2^20 + 5 numbers");
    }
  }

  /** Chunk sums are summed in chunks too: more than 4096 of them have a third level. */
  @Test
  default void threeLevelsOfChunks() {
    double[] vector = Family.WIDE.vector(ElementType.F32, 4096 * 4096 + 4097, new Seeded(3));
    float[] floats = new float[vector.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) vector[i];
    }
    Batch batch = Batch.of(floats);
    double[][] vectors = {vector};
    OrderCheck check = new OrderCheck(subject().backend(), "three levels", batch, vectors);
    Unsupported.unlessRefused(backend(), "three levels", () -> check.run(List.of(Norm.L1)));
  }

  private static double[] constant(int length, double value) {
    double[] vector = new double[length];
    Arrays.fill(vector, value);
    return vector;
  }

  private void check(ElementType type, double... vector) {
    check(type, Norms.ALL, vector);
  }

  private void check(ElementType type, List<Norm> norms, double[] vector) {
    double[][] vectors = {vector};
    Case what = new Case(Bits.show(vector), type, Placement.ROWS, Memory.ARRAY, () -> vectors);
    what.use((batch, same) -> CaseCheck.run(subject(), what.toString(), batch, same, norms));
  }
}
