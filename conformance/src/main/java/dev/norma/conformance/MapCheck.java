package dev.norma.conformance;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.spi.Backend;
import dev.norma.spi.MapPlan;
import dev.norma.spi.PairSums;
import java.util.Arrays;

/** Compares a function of elements with the {@link ReferenceMap}, by bits: a plan of its own. */
final class MapCheck {
  private static final int LENGTH = 77;

  private final Backend backend;
  private final MapCase function;
  private final String name;
  private final Batch x;
  private final double[][] vectors;
  private final Batch second;
  private final double[][] others;

  private MapCheck(
      Backend backend,
      MapCase function,
      Batch x,
      double[][] vectors,
      Batch second,
      double[][] others) {
    this.backend = backend;
    this.function = function;
    this.name = function.map() + " of " + x;
    this.x = x;
    this.vectors = vectors;
    this.second = second;
    this.others = others;
  }

  /** Runs a function of hard numbers; another number says where they and the results lie. */
  static void run(Backend backend, MapCase function, ElementType type, int number) {
    Placement placement = number % 2 == 0 ? Placement.ROWS : Placement.COLUMNS;
    double[][] hard = numbers(function, vectors(type, function.count(), 1));
    Case first = new Case("x", type, placement, Memory.ARRAY, () -> hard);
    Case other =
        new Case("w", type, Placement.ROWS, Memory.NATIVE, () -> vectors(type, hard.length, 2));
    Case out = Room.writable(type, hard, number);
    first.use(
        (x, vectors) ->
            other.use(
                (w, others) -> {
                  MapCheck check = new MapCheck(backend, function, x, vectors, w, others);
                  check.sums();
                  out.use((to, was) -> check.write(to, Image.of(to, out, was), false));
                  out.use((to, was) -> check.write(to, Image.of(to, out, was), true));
                }));
  }

  /** Returns vectors of numbers of any size, half of them with all hard numbers of a type. */
  private static double[][] vectors(ElementType type, int count, long seed) {
    Seeded random = new Seeded(seed);
    double[] hard = Extremes.of(type);
    double[][] vectors = new double[count][];
    for (int i = 0; i < count; i++) {
      vectors[i] = (i % 4 < 2 ? Family.WIDE : Family.NORMAL).vector(type, LENGTH, random);
      int start = random.below(LENGTH - hard.length);
      System.arraycopy(hard, 0, vectors[i], start, i % 2 == 0 ? hard.length : 2);
    }
    return vectors;
  }

  /** Leaves no NaN where the function has a power: there, no norm leads to one with a finite c. */
  private static double[][] numbers(MapCase function, double[][] vectors) {
    if (function.map().exponent() != 0) {
      for (double[] vector : vectors) {
        Arrays.setAll(vector, j -> Double.isNaN(vector[j]) ? -1.5 : vector[j]);
      }
    }
    return vectors;
  }

  private ReferenceMap reference(int vector) {
    return new ReferenceMap(function.map(), function.of(vector));
  }

  private void write(Batch out, Image image, boolean adds) {
    Batch w = function.map().ofTwo() ? second : null;
    backend.map(MapPlan.writing(function.map(), function.byNumber(), x, w, out, adds));
    for (int i = 0; i < vectors.length; i++) {
      ReferenceMap f = reference(i);
      double[] values = new double[vectors[i].length];
      for (int j = 0; j < values.length; j++) {
        double x = vectors[i][j];
        double other = others[i][j];
        values[j] = adds ? f.of(x, other) : f.written(out.type(), x, other);
      }
      image.expect(i, values, adds);
    }
    image.check(() -> name + (adds ? ", added" : ", written"));
  }

  private void sums() {
    if (!function.map().ofTwo()) {
      double[][] coefficients = function.byNumber();
      sums(false, backend.sum(MapPlan.summing(function.map(), coefficients, x, null)));
      sums(true, backend.sum(MapPlan.summing(function.map(), coefficients, x, second)));
    }
  }

  private void sums(boolean products, PairSums actual) {
    for (int i = 0; i < vectors.length; i++) {
      int vector = i;
      String what = products ? ", summed times a second operand" : ", summed";
      ReferenceOrder.Sum expected = sum(products, i);
      Bits.assertSame(expected.hi(), actual.hi()[i], () -> name + what + ": hi of " + vector);
      if (Double.isFinite(expected.hi())) {
        Bits.assertSame(expected.lo(), actual.lo()[i], () -> name + what + ": lo of " + vector);
      }
    }
  }

  private ReferenceOrder.Sum sum(boolean products, int vector) {
    return reference(vector).sum(vectors[vector], products ? others[vector] : null);
  }
}
