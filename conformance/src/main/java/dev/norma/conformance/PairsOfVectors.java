package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.Into;
import dev.norma.Norm;
import dev.norma.Norma;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Differences, inner products and angles of pairs of vectors. */
interface PairsOfVectors extends Conformance {
  private Norma norma() {
    return Subject.of(backend()).norma();
  }

  private static Elements elements(ElementType type, long seed, int length) {
    Random random = new Random(seed);
    Format format = Format.of(type);
    MemorySegment memory = MemorySegment.ofArray(new long[(length * type.bytes() + 7) / 8]);
    for (int i = 0; i < length; i++) {
      format.write(memory, i, format.nearest(random.nextGaussian() * (1 << i % 8)));
    }
    return Elements.of(memory.asSlice(0, (long) length * type.bytes()), type);
  }

  private static double[] differences(Batch x, Batch y, int vector) {
    double[] d = new double[(int) x.length(vector)];
    for (int i = 0; i < d.length; i++) {
      d[i] = element(x, vector, i) - element(y, vector, i);
    }
    return d;
  }

  private static double element(Batch batch, int vector, int i) {
    long at = batch.layout().start(vector) + batch.layout().elements(vector).offset(i);
    return batch.elements().get(at);
  }

  private static List<Batch[]> layouts(ElementType type) {
    Elements a = elements(type, 1, 12_000);
    Elements b = elements(type, 2, 12_000);
    long[] offsets = {3, 3, 100, 5000, 12_000};
    return List.of(
        new Batch[] {Batch.rows(a, 30, 77), Batch.rows(b, 30, 77)},
        new Batch[] {Batch.columns(a, 60, 40), Batch.columns(b, 60, 40)},
        new Batch[] {Batch.rows(a, 7, 30, 50, 61), Batch.columns(b, 50, 30)},
        new Batch[] {Batch.of(a), Batch.of(b)},
        new Batch[] {Batch.ragged(a, offsets), Batch.ragged(b, offsets)},
        new Batch[] {
          Batch.rows(a, 9, 1000), Batch.repeated(Batch.of(b).slice(0, 1), 9).slice(0, 0)
        },
        new Batch[] {Batch.rows(a, 9, 1000), Batch.repeated(Batch.rows(b, 1, 1000), 9)});
  }

  @ParameterizedTest
  @EnumSource
  default void differencesHaveTheNormsOfWhatTheyAre(ElementType type) {
    for (Batch[] pair : layouts(type)) {
      if (pair[0].count() != pair[1].count()) {
        assertThrows(IllegalArgumentException.class, () -> Batch.difference(pair[0], pair[1]));
        continue;
      }
      Batch difference = Batch.difference(pair[0], pair[1]);
      for (Norm norm : List.of(Norm.L0, Norm.L1, Norm.L2, Norm.LINF, Norm.NEG_INF, Norm.lp(3))) {
        Unsupported.unlessRefused(
            backend(), "differences", () -> checkNorms(norm, pair, difference));
      }
    }
  }

  private void checkNorms(Norm norm, Batch[] pair, Batch difference) {
    double[] norms = norma().norms(norm, difference);
    for (int v = 0; v < norms.length; v++) {
      double[] stored = differences(pair[0], pair[1], v);
      assertEquals(norma().norm(norm, Batch.of(stored)), norms[v], norm + " of " + difference);
    }
  }

  @Test
  default void differencesKeepTheirRange() {
    double[] x = {3e-300, 0, 1e308};
    double[] y = {0, 4e-300, 1e308};
    Unsupported.unlessRefused(
        backend(),
        "differences",
        () ->
            assertEquals(
                5e-300, norma().norm(Norm.L2, Batch.difference(Batch.of(x), Batch.of(y))), 1e-315));
  }

  /** The gradient by x goes to its type; that by y is the other way round. */
  @ParameterizedTest
  @EnumSource
  default void differencesHaveTheGradientOfWhatTheyAre(ElementType type) {
    Batch x = Batch.rows(elements(type, 3, 30 * 77), 30, 77);
    Batch y = Batch.rows(elements(type, 4, 30 * 77), 30, 77);
    Unsupported.unlessRefused(backend(), "differences", () -> checkGradients(type, x, y));
  }

  private void checkGradients(ElementType type, Batch x, Batch y) {
    for (Norm norm : List.of(Norm.L1, Norm.L2, Norm.LINF, Norm.lp(3))) {
      Elements out = elements(type, 5, 30 * 77);
      norma().gradients().gradient(norm, Batch.difference(x, y), Batch.rows(out, 30, 77));
      for (int v = 0; v < 30; v++) {
        double[] stored = differences(x, y, v);
        double[] expected = new double[77];
        norma().gradients().gradient(norm, Batch.of(stored), Batch.of(expected));
        for (int i = 0; i < 77; i++) {
          double error = Math.abs(out.get(v * 77L + i) - expected[i]);
          double ulp =
              Math.max(
                  Format.of(type).smallest(), Math.abs(expected[i]) * Format.of(type).ulpOfOne());
          assertTrue(error <= ulp, () -> norm + " of " + type + ": " + error);
        }
      }
    }
  }

  /** What is written of differences has the bits of what is written of stored ones, rounded. */
  @ParameterizedTest
  @EnumSource
  default void differencesAreElementsOfBinary64(ElementType type) {
    for (Family family :
        List.of(Family.NORMAL, Family.WIDE, Family.AROUND_SUBNORMAL, Family.HUGE)) {
      Batch x = rows(type, family.vectors(type, 5, 33, 6));
      Batch y = rows(type, family.vectors(type, 5, 33, 7));
      for (ElementType to : List.of(type, ElementType.F64)) {
        Unsupported.unlessRefused(backend(), "differences", () -> checkWritten(x, y, to));
      }
    }
  }

  private static Batch rows(ElementType type, double[][] vectors) {
    Format format = Format.of(type);
    int length = vectors[0].length;
    MemorySegment memory = MemorySegment.ofArray(new byte[vectors.length * length * type.bytes()]);
    for (int i = 0; i < vectors.length * length; i++) {
      format.write(memory, i, vectors[i / length][i % length]);
    }
    return Batch.rows(Elements.of(memory, type), vectors.length, length);
  }

  private void checkWritten(Batch x, Batch y, ElementType to) {
    double[][] stored = new double[(int) x.count()][];
    Arrays.setAll(stored, v -> differences(x, y, v));
    Batch difference = Batch.difference(x, y);
    List<BiConsumer<Batch, Batch>> operations =
        List.of(
            (from, out) -> norma().gradients().gradient(Norm.L2, from, out),
            (from, out) -> scaledGradient(from, out, 0.25),
            (from, out) -> scaledGradient(from, out, -0x1.493af9a3aabefp-1),
            (from, out) -> scaledGradient(from, out, 0x1.615ac68aa0fb5p-62),
            (from, out) -> norma().transforms().normalize(Norm.L2, from, 0, out),
            (from, out) -> norma().transforms().clip(Norm.L2, from, 1e300, out));
    for (int k = 0; k < operations.size(); k++) {
      double[][] none = new double[stored.length][stored[0].length];
      Batch expected = rows(ElementType.F64, none);
      Batch actual = rows(to, none);
      operations.get(k).accept(rows(ElementType.F64, stored), expected);
      operations.get(k).accept(difference, actual);
      String name = "operation " + k + " of " + difference + " to " + to;
      for (int i = 0; i < expected.elements().length(); i++) {
        double rounded = Format.of(to).written(expected.elements().get(i));
        Bits.assertSame(rounded, actual.elements().get(i), () -> name);
      }
    }
  }

  private void scaledGradient(Batch x, Batch out, double factor) {
    double[] upstream = new double[(int) x.count()];
    Arrays.fill(upstream, factor);
    norma().gradients().vjp(Norm.SQUARED_L2, x, upstream, out, Into.REPLACE);
  }

  @ParameterizedTest
  @EnumSource
  default void innerProductsAreExact(ElementType type) {
    for (Batch[] pair : layouts(type)) {
      if (pair[0].count() == pair[1].count()) {
        double[] products = norma().pairs().dot(pair[0], pair[1]);
        for (int v = 0; v < products.length; v++) {
          BigDecimal exact = BigDecimal.ZERO;
          for (int i = 0; i < pair[0].length(v); i++) {
            exact =
                exact.add(
                    new BigDecimal(element(pair[0], v, i))
                        .multiply(new BigDecimal(element(pair[1], v, i))));
          }
          double error = new BigDecimal(products[v]).subtract(exact).abs().doubleValue();
          assertTrue(error <= Math.ulp(exact.doubleValue()), () -> type + ": " + error);
        }
      }
    }
  }

  @Test
  default void anglesAreAccurateHoweverSmall() {
    double[] x = {1, 0, 1, 1, 3, 4, 0, 0, 1, 1e-200, 1e200, 0};
    double[] y = {1, 1e-9, 1, 1 + 0x1p-40, -3, -4, 1, 1, 0, 1e-200, -1e200, 1e200};
    Unsupported.unlessRefused(
        backend(),
        "angles",
        () -> {
          double[] angles = norma().pairs().angle(Batch.rows(x, 6, 2), Batch.rows(y, 6, 2));
          assertEquals(1e-9, angles[0], 1e-24);
          assertEquals(0x1p-41, angles[1], 1e-15);
          assertEquals(Math.PI, angles[2], 1e-15);
          assertEquals(Double.NaN, angles[3]);
          assertEquals(Math.PI / 2, angles[4], 1e-15);
          assertEquals(3 * Math.PI / 4, angles[5], 1e-15);
        });
    double[] cosines = norma().pairs().cosine(Batch.rows(x, 6, 2), Batch.rows(y, 6, 2));
    assertEquals(1, cosines[0]);
    assertEquals(-1, cosines[2], 1e-15);
    assertEquals(Double.NaN, cosines[3]);
    assertEquals(-Math.sqrt(0.5), cosines[5], 1e-15);
  }

  /** What is made of differences is that of the same numbers, in elements of the pair's type. */
  @ParameterizedTest
  @EnumSource
  default void differencesAreTransformed(ElementType type) {
    Batch x = Batch.rows(elements(type, 3, 30 * 77), 30, 77);
    Batch y = Batch.rows(elements(type, 4, 30 * 77), 30, 77);
    Unsupported.unlessRefused(backend(), "differences", () -> checkTransforms(type, x, y));
  }

  private void checkTransforms(ElementType type, Batch x, Batch y) {
    double[] stored = new double[30 * 77];
    for (int v = 0; v < 30; v++) {
      System.arraycopy(differences(x, y, v), 0, stored, v * 77, 77);
    }
    double[] expected = new double[30 * 77];
    for (Norm norm : List.of(Norm.L1, Norm.L2, Norm.LINF)) {
      Elements out = elements(type, 5, 30 * 77);
      Batch difference = Batch.difference(x, y);
      norma().transforms().prox(norm, difference, 40, Batch.rows(out, 30, 77));
      norma().transforms().prox(norm, Batch.rows(stored, 30, 77), 40, Batch.rows(expected, 30, 77));
      for (int i = 0; i < expected.length; i++) {
        // A difference is at most some 2^10, and steps of a projection are rounded to the type.
        double error = Math.abs(out.get(i) - expected[i]);
        double bound = Format.of(type).ulpOfOne() * 1024;
        int at = i;
        assertTrue(error <= bound, () -> norm + " of " + type + " [" + at + "]: " + error);
      }
    }
  }

  /** Vectors without a direction, or with one that their few bits do not tell. */
  @Test
  default void vectorsOfNoSizeHaveNeitherCosineNorAngle() {
    double[] x = {0, 0, 0x1p-1074, 0x1p-1074, 0x1p-1030, 0, 0x1p-1022, 0};
    double[] y = {2, 1, 2, 1, 2, 1, 0, 3};
    double[] cosines = norma().pairs().cosine(Batch.rows(x, 4, 2), Batch.rows(y, 4, 2));
    double nan = Double.NaN;
    assertArrayEquals(new double[] {nan, nan, nan, 0}, cosines);
    Batch empty = Batch.rows(new double[0], 1, 0);
    assertArrayEquals(new double[] {nan}, norma().pairs().cosine(empty, empty));
    Unsupported.unlessRefused(
        backend(),
        "angles",
        () -> {
          double[] angles = norma().pairs().angle(Batch.rows(y, 4, 2), Batch.rows(x, 4, 2));
          assertArrayEquals(new double[] {nan, nan, nan, Math.PI / 2}, angles, 1e-15);
          assertArrayEquals(new double[] {nan}, norma().pairs().angle(empty, empty));
        });
  }

  @Test
  default void differencesAreOnlyRead() {
    double[] a = {1, 2};
    Batch difference = Batch.difference(Batch.of(a), Batch.of(3.0, 4.0));
    assertThrows(IllegalArgumentException.class, () -> norma().upload(difference));
    assertThrows(
        IllegalArgumentException.class,
        () -> norma().gradients().gradient(Norm.L2, Batch.of(a), difference));
    assertThrows(IllegalArgumentException.class, () -> Batch.difference(difference, difference));
    assertThrows(
        IllegalArgumentException.class, () -> Batch.difference(Batch.of(a), Batch.of(1.0f, 2)));
    assertEquals("vector: a batch of 2, not of one", repeatedTwo(a));
  }

  private static String repeatedTwo(double[] a) {
    return assertThrows(
            IllegalArgumentException.class, () -> Batch.repeated(Batch.rows(a, 2, 1), 3))
        .getMessage();
  }

  /** In the place of x, and added to what is in that of y. */
  @Test
  default void gradientsMayGoToOneOfThePair() {
    double[] x = {5, 1};
    double[] y = {2, 5};
    Unsupported.unlessRefused(
        backend(),
        "differences",
        () -> {
          double[] a = x.clone();
          Batch difference = Batch.difference(Batch.of(a), Batch.of(y.clone()));
          norma().gradients().gradient(Norm.L2, difference, Batch.of(a));
          assertArrayEquals(new double[] {0.6, -0.8}, a, 1e-16);
          double[] b = y.clone();
          norma()
              .gradients()
              .vjp(
                  Norm.L1,
                  Batch.difference(Batch.of(x.clone()), Batch.of(b)),
                  new double[] {-1},
                  Batch.of(b),
                  Into.ADD);
          assertArrayEquals(new double[] {1, 6}, b);
        });
  }
}
