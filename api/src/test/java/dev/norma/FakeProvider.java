package dev.norma;

import dev.norma.spi.Backend;
import dev.norma.spi.BackendProvider;
import dev.norma.spi.Plan;
import dev.norma.spi.PlanResult;
import dev.norma.spi.Primitive;
import dev.norma.spi.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/** Backends whose availability a test decides; their results are the length of each vector. */
public final class FakeProvider implements BackendProvider {
  static final AtomicInteger CLOSED = new AtomicInteger();
  static volatile boolean fastAvailable = true;
  static volatile Consumer<Plan> onRun = plan -> {};
  static volatile List<Probe> devices;
  static volatile Function<String, Backend> opener;

  static {
    restore();
  }

  /** Has all as it is at first. */
  static void restore() {
    fastAvailable = true;
    onRun = plan -> {};
    devices = List.of(new Probe("opencl:0", false, "no loader; install one", 20));
    opener = FakeBackend::device;
  }

  /** Called by the service loader. */
  public FakeProvider() {}

  @Override
  public List<Probe> probe() {
    List<Probe> probes = new ArrayList<>(devices);
    probes.add(new Probe("cpu-scalar", true, "always there", 0));
    probes.add(new Probe("cpu-simd", fastAvailable, fastAvailable ? "fast" : "flag missing", 10));
    return probes;
  }

  @Override
  public Backend open(String name) {
    return name.startsWith("cpu-") ? new Fake(name) : opener.apply(name);
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
