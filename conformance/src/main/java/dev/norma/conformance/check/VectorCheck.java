package dev.norma.conformance.check;

import dev.norma.Batch;
import dev.norma.Elements;
import dev.norma.Norm;
import dev.norma.NormResults;
import dev.norma.conformance.Case;
import dev.norma.conformance.PlanPart;
import dev.norma.spi.DeviceMemory;
import dev.norma.spi.Plan;
import dev.norma.spi.PlanResult;
import dev.norma.spi.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;

/**
 * Norms of vectors, and the primitives under them, of data on the host and, where the tested
 * backend has memory of its own, there.
 */
record VectorCheck(String group, Case what, List<Norm> norms) implements Check {
  @Override
  public String name() {
    return group + ": " + what;
  }

  @Override
  public void run(Side tested, Side peer, Differences differences) {
    what.use((batch, vectors) -> new Run(tested, peer, differences, vectors).all(batch));
  }

  /** One run with the vectors in memory. */
  private final class Run {
    private final Side tested;
    private final Side peer;
    private final Differences differences;
    private final double[][] vectors;

    Run(Side tested, Side peer, Differences differences, double[][] vectors) {
      this.tested = tested;
      this.peer = peer;
      this.differences = differences;
      this.vectors = vectors;
    }

    void all(Batch batch) {
      norms(batch);
      List<PlanPart> parts = PlanPart.of(what.type(), vectors, norms);
      List<PlanResult> expected = new ArrayList<>();
      for (PlanPart part : parts) {
        expected.add(peer.backend().run(part.plan(batch, new LongAdder())));
      }
      primitives("", batch, parts, expected);
      Optional<DeviceMemory> uploaded = tested.backend().upload(batch.elements().segment());
      if (uploaded.isPresent()) {
        try (DeviceMemory memory = uploaded.get()) {
          Elements elements = Elements.onDevice(memory, what.type());
          Batch there = what.placement().view(elements, vectors);
          primitives("on the device, ", there, parts, expected);
        }
      }
    }

    private void norms(Batch batch) {
      NormResults<Norm> expected = peer.norma().norms(norms, batch);
      NormResults<Norm> actual = tested.norma().norms(norms, batch);
      for (Norm norm : norms) {
        String name = "L" + norm + " of vector";
        differences.compare(name, 0, expected.of(norm), actual.of(norm), this::input);
      }
    }

    private void primitives(
        String where, Batch batch, List<PlanPart> parts, List<PlanResult> expected) {
      for (int i = 0; i < parts.size(); i++) {
        LongAdder progress = new LongAdder();
        Plan plan = parts.get(i).plan(batch, progress);
        compare(where, parts.get(i), plan, expected.get(i), tested.backend().run(plan));
      }
    }

    private void compare(
        String where, PlanPart part, Plan plan, PlanResult expected, PlanResult actual) {
      int first = part.from();
      IntFunction<String> input =
          i -> input(i) + (plan.scaled() ? " over " + ElementBits.show(plan.scale(i - first)) : "");
      for (int k = 0; k < plan.primitives().size(); k++) {
        Primitive primitive = plan.primitives().get(k);
        double[] hi = expected.hi(k);
        String name = where + "hi of " + primitive + " of vector";
        differences.compare(name, first, hi, actual.hi(k), input);
        if (primitive.isSum()) {
          double[] lo = meant(actual.lo(k), hi);
          name = where + "lo of " + primitive + " of vector";
          differences.compare(name, first, meant(expected.lo(k), hi), lo, input);
        }
      }
    }

    /** Returns the trailing parts, 0 where they mean nothing. */
    private double[] meant(double[] lo, double[] hi) {
      double[] meant = lo.clone();
      for (int i = 0; i < meant.length; i++) {
        meant[i] = Double.isFinite(hi[i]) ? lo[i] : 0;
      }
      return meant;
    }

    private String input(int i) {
      return ElementBits.show(what.type(), vectors[i]);
    }
  }
}
