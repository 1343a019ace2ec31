package dev.norma;

import dev.norma.spi.Backend;
import dev.norma.spi.BackendProvider;
import dev.norma.spi.Plan;
import dev.norma.spi.PlanResult;
import dev.norma.spi.Primitive;
import dev.norma.spi.Probe;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Backends whose availability a test decides; their results are the length of each vector. */
public final class FakeProvider implements BackendProvider {
  static final AtomicInteger CLOSED = new AtomicInteger();
  static volatile boolean fastAvailable = true;
  static volatile Consumer<Plan> onRun = plan -> {};

  /** Called by the service loader. */
  public FakeProvider() {}

  @Override
  public List<Probe> probe() {
    return List.of(
        new Probe("cpu-scalar", true, "always there", 0),
        new Probe("cpu-simd", fastAvailable, fastAvailable ? "fast" : "flag missing", 10),
        new Probe("opencl:0", false, "no loader; install one", 20));
  }

  @Override
  public Backend open(String name) {
    return new Fake(name);
  }

  private record Fake(String name) implements Backend {
    @Override
    public PlanResult run(Plan plan) {
      onRun.accept(plan);
      PlanResult result = new PlanResult(plan, name);
      for (int i = 0; i < plan.primitives().size(); i++) {
        boolean square = plan.primitives().get(i).equals(Primitive.SQUARE_SUM);
        for (int v = 0; v < plan.count(); v++) {
          double length = plan.batch().length(v);
          result.hi(i)[v] = square ? length * length : length;
        }
      }
      return result;
    }

    @Override
    public void close() {
      CLOSED.incrementAndGet();
    }
  }
}
