package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.Batch;
import dev.norma.Norm;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What makes a norm a norm, for random vectors. */
interface NormAxioms extends Conformance {
  /** Norms with the triangle inequality, by falling exponent p. */
  List<Norm> CONVEX =
      Stream.of(Double.POSITIVE_INFINITY, 100.0, 3.0, 2.5, 2.0, 1.1, 1.0).map(Norm::lp).toList();

  /** Rounding of two or three results, each within the bound of 4 ulp, and what it is told from. */
  double SLACK = 32 * 0x1p-53;

  /** No property is tried more often. */
  int TRIES = 100;

  /** What is tried is the same in every run. */
  String SEED = "20261101";

  /** Vectors of any finite doubles that leave the norms some room below infinity. */
  @Provide
  default Arbitrary<double[]> vectors() {
    Arbitrary<Double> any = Arbitraries.doubles().between(-1e290, 1e290);
    Arbitrary<Double> tame = Arbitraries.doubles().between(-100, 100);
    return Arbitraries.oneOf(any, tame).array(double[].class).ofMinSize(0).ofMaxSize(70);
  }

  /** A norm is never negative, and zero for the zero vector alone. */
  @Property(tries = TRIES, seed = SEED)
  default void zeroForZeroAlone(@ForAll("vectors") double[] vector) {
    boolean zero = Arrays.stream(vector).allMatch(x -> x == 0);
    for (Norm norm : CONVEX) {
      double actual = norm(norm, vector);
      assertTrue(actual >= 0, () -> describe(norm, vector) + " is " + actual);
      assertEquals(zero, actual == 0, () -> describe(norm, vector) + " is " + actual);
    }
  }

  /** A power of two comes out of a norm exactly, and any other factor but for rounding. */
  @Property(tries = TRIES, seed = SEED)
  default void homogeneous(@ForAll("vectors") double[] vector) {
    double[] half = Arrays.stream(vector).map(x -> x / 2).toArray();
    boolean exact = IntStream.range(0, vector.length).allMatch(i -> half[i] * 2 == vector[i]);
    double[] third = Arrays.stream(vector).map(x -> x * 3).toArray();
    for (Norm norm : CONVEX) {
      double whole = norm(norm, vector);
      if (exact && whole >= 2 * Double.MIN_NORMAL) {
        assertEquals(whole / 2, norm(norm, half), () -> "half of " + describe(norm, vector));
      }
      assertClose(3 * whole, norm(norm, third), () -> "3 times " + describe(norm, vector));
    }
  }

  /** The norm of a sum is at most the sum of the norms. */
  @Property(tries = TRIES, seed = SEED)
  default void triangle(@ForAll("vectors") double[] a, @ForAll("vectors") double[] b) {
    int length = Math.min(a.length, b.length);
    double[] first = Arrays.copyOf(a, length);
    double[] second = Arrays.copyOf(b, length);
    double[] sum = IntStream.range(0, length).mapToDouble(i -> a[i] + b[i]).toArray();
    for (Norm norm : CONVEX) {
      double most = norm(norm, first) + norm(norm, second);
      double actual = norm(norm, sum);
      assertTrue(
          actual <= most * (1 + SLACK),
          () -> describe(norm, sum) + " is " + actual + ", the sum of the norms " + most);
    }
  }

  /** A larger p makes a norm no larger. */
  @Property(tries = TRIES, seed = SEED)
  default void fallingInP(@ForAll("vectors") double[] vector) {
    for (int i = 1; i < CONVEX.size(); i++) {
      Norm norm = CONVEX.get(i);
      double larger = norm(norm, vector);
      double smaller = norm(CONVEX.get(i - 1), vector);
      assertTrue(
          smaller <= larger * (1 + SLACK),
          () -> describe(norm, vector) + " is " + larger + ", of the next larger p " + smaller);
    }
  }

  /** The order of the elements counts for no more than rounding. */
  @Property(tries = TRIES, seed = SEED)
  default void reversal(@ForAll("vectors") double[] vector) {
    double[] reversed =
        IntStream.range(0, vector.length).mapToDouble(i -> vector[vector.length - 1 - i]).toArray();
    for (Norm norm : Norms.ALL) {
      assertClose(
          norm(norm, vector), norm(norm, reversed), () -> describe(norm, vector) + " backwards");
    }
  }

  /** Every norm of a single element is its absolute value. */
  @Property(tries = TRIES * 5, seed = SEED)
  default void singleElement(@ForAll double x) {
    Stream.of(CONVEX, Norms.POWERS, Norms.FAR_POWERS, List.of(Norm.NEG_INF))
        .flatMap(List::stream)
        .forEach(norm -> assertEquals(Math.abs(x), norm(norm, new double[] {x}), () -> "L" + norm));
  }

  private double norm(Norm norm, double[] vector) {
    return subject().norma().norm(norm, Batch.of(vector));
  }

  private static void assertClose(double expected, double actual, Supplier<String> what) {
    if (expected != actual) {
      assertEquals(expected, actual, expected * SLACK + 4 * Double.MIN_VALUE, what);
    }
  }

  private static String describe(Norm norm, double[] vector) {
    return "L" + norm + " of " + Arrays.toString(vector);
  }
}
