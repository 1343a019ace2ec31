package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.Batch;
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

  /** Checks the plans that these norms need, and more. */
  void run(List<Norm> norms) {
    PlanPart.of(batch.type(), vectors, norms).forEach(this::run);
  }

  private void run(PlanPart part) {
    LongAdder progress = new LongAdder();
    Plan plan = part.plan(batch, progress);
    PlanResult result = backend.run(plan);
    for (int k = 0; k < plan.primitives().size(); k++) {
      for (int i = 0; i < plan.count(); i++) {
        double[] vector = vectors[part.from() + i];
        compare(result, k, i, plan.primitives().get(k), vector, plan.scale(i));
      }
    }
    long elements = Arrays.stream(vectors, part.from(), part.to()).mapToLong(v -> v.length).sum();
    assertEquals(elements, progress.sum(), () -> name + ": progress of " + plan.primitives());
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
