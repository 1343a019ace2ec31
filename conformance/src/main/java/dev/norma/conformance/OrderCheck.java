package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Norm;
import dev.norma.spi.Backend;
import dev.norma.spi.Plan;
import dev.norma.spi.PlanResult;
import dev.norma.spi.Primitive;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Compares the bits of all primitives of a batch with those of the {@link ReferenceOrder}. */
final class OrderCheck {
  private static final List<Primitive> UNSCALED =
      List.of(
          Primitive.SQUARE_SUM,
          Primitive.NONZERO_COUNT,
          Primitive.ABS_MIN,
          Primitive.ABS_SUM,
          Primitive.ABS_MAX);
  private static final List<Primitive> SCALED = List.of(Primitive.ABS_SUM, Primitive.SQUARE_SUM);

  private final Backend backend;
  private final String name;
  private final Batch batch;
  private final double[][] vectors;

  OrderCheck(Backend backend, String name, Batch batch, double[][] vectors) {
    this.backend = backend;
    this.name = name;
    this.batch = batch;
    this.vectors = vectors;
  }

  /** Checks all primitives without scales and with them, and the powers of some norms. */
  void run(List<Norm> norms) {
    plan(0, vectors.length, UNSCALED, null);
    if (batch.type() == ElementType.F64) {
      plan(0, vectors.length, SCALED, powersOfTwo());
    }
    double[] exponents =
        norms.stream().filter(Norms::isPower).mapToDouble(Norms::exponent).toArray();
    powers(Arrays.stream(exponents).filter(p -> p > 0).toArray());
    powers(Arrays.stream(exponents).filter(p -> p < 0).toArray());
  }

  /** Scales near the largest element, at either limit, and one that is of no help. */
  private double[] powersOfTwo() {
    double[] scales = new double[vectors.length];
    for (int i = 0; i < scales.length; i++) {
      double largest = pivot(vectors[i], true);
      int exponent = Double.isFinite(largest) ? Math.getExponent(largest) : 0;
      int[] choices = {exponent, exponent, 1022, -1021, 3};
      scales[i] = Math.scalb(1.0, Math.clamp(choices[i % choices.length], -1021, 1022));
    }
    return scales;
  }

  /** Powers are only ever asked of vectors with a finite scale; others are cut out. */
  private void powers(double[] exponents) {
    if (exponents.length == 0) {
      return;
    }
    List<Primitive> primitives = Arrays.stream(exponents).mapToObj(Primitive::powSum).toList();
    double[] scales = new double[vectors.length];
    Arrays.setAll(scales, i -> pivot(vectors[i], exponents[0] > 0));
    for (int from = 0, to; from < scales.length; from = to) {
      boolean ordinary = ordinary(scales[from]);
      for (to = from + 1; to < scales.length && ordinary(scales[to]) == ordinary; to++) {}
      if (ordinary) {
        plan(from, to, primitives, Arrays.copyOfRange(scales, from, to));
      }
    }
  }

  private static boolean ordinary(double scale) {
    return scale > 0 && Double.isFinite(scale);
  }

  private static double pivot(double[] vector, boolean largest) {
    Primitive primitive = largest ? Primitive.ABS_MAX : Primitive.ABS_MIN;
    return ReferenceOrder.reduce(primitive, ElementType.F64, vector, 1).hi();
  }

  /** Runs one plan over some of the vectors and compares. */
  private void plan(int from, int to, List<Primitive> primitives, double[] scales) {
    LongAdder progress = new LongAdder();
    Batch part = from == 0 && to == vectors.length ? batch : batch.slice(from, to);
    PlanResult result = backend.run(new Plan(part, primitives, scales, progress));
    for (int k = 0; k < primitives.size(); k++) {
      for (int i = 0; i < to - from; i++) {
        double scale = scales == null ? 1 : scales[i];
        compare(result, k, i, primitives.get(k), vectors[from + i], scale);
      }
    }
    long elements = Arrays.stream(vectors, from, to).mapToLong(v -> v.length).sum();
    assertEquals(elements, progress.sum(), () -> name + ": progress of " + primitives);
  }

  private void compare(
      PlanResult result, int k, int i, Primitive primitive, double[] vector, double scale) {
    ReferenceOrder.Sum expected = ReferenceOrder.reduce(primitive, batch.type(), vector, scale);
    Bits.assertSame(
        expected.hi(), result.hi(k)[i], () -> describe("hi", i, primitive, vector, scale));
    if (primitive.isSum() && Double.isFinite(expected.hi())) {
      Bits.assertSame(
          expected.lo(), result.lo(k)[i], () -> describe("lo", i, primitive, vector, scale));
    }
  }

  private String describe(
      String part, int vector, Primitive primitive, double[] values, double scale) {
    return "%s of %s of vector %d over %s, %s; %s"
        .formatted(part, primitive, vector, Bits.show(scale), Bits.show(values), name);
  }
}
