package dev.norma.conformance;

import dev.norma.Batch;
import dev.norma.spi.Backend;
import dev.norma.spi.BackendProvider;
import dev.norma.spi.MapPlan;
import dev.norma.spi.PairSums;
import dev.norma.spi.Plan;
import dev.norma.spi.PlanResult;
import dev.norma.spi.Primitive;
import dev.norma.spi.Probe;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Backends over the {@link ReferenceOrder}, one right and the others each with a mistake. */
public final class ReferenceProvider implements BackendProvider {
  private static final String PREFIX = "reference-";
  private static final String MAP_PREFIX = "reference-map-";

  static String name(Fault fault) {
    return PREFIX + fault.name().toLowerCase(Locale.ROOT);
  }

  static String name(MapFault fault) {
    return MAP_PREFIX + fault.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public List<Probe> probe() {
    return Stream.concat(
            Stream.of(Fault.values()).map(ReferenceProvider::name),
            Stream.of(MapFault.values()).map(ReferenceProvider::name))
        .map(name -> new Probe(name, true, "for tests", -1))
        .toList();
  }

  @Override
  public Backend open(String name) {
    return name.startsWith(MAP_PREFIX)
        ? new ReferenceBackend(name, Fault.NONE, MapFault.valueOf(constant(name, MAP_PREFIX)))
        : new ReferenceBackend(name, Fault.valueOf(constant(name, PREFIX)), MapFault.NONE);
  }

  private static String constant(String name, String prefix) {
    return name.substring(prefix.length()).toUpperCase(Locale.ROOT);
  }

  /** Reads one element after the other and reduces them in the reference order. */
  private record ReferenceBackend(String name, Fault fault, MapFault mapFault) implements Backend {
    @Override
    public void map(MapPlan plan) {
      new ReferenceMapper(mapFault, plan).write();
    }

    @Override
    public PairSums sum(MapPlan plan) {
      return new ReferenceMapper(mapFault, plan).sum();
    }

    @Override
    public PlanResult run(Plan plan) {
      if (fault == Fault.REFUSES) {
        throw new UnsupportedOperationException("refused");
      }
      PlanResult result = new PlanResult(plan, name());
      for (int i = 0; i < plan.count(); i++) {
        double[] vector = read(plan.batch(), i);
        for (int k = 0; k < plan.primitives().size(); k++) {
          Primitive primitive = plan.primitives().get(k);
          ReferenceOrder.Sum sum =
              fault.reduce(primitive, plan.batch().type(), vector, plan.scale(i));
          result.hi(k)[i] = sum.hi();
          if (primitive.isSum()) {
            result.lo(k)[i] = sum.lo();
          }
        }
        plan.progress().add(fault == Fault.NO_PROGRESS ? 0 : vector.length);
      }
      return result;
    }

    private double[] read(Batch batch, int i) {
      long length = batch.length(fault == Fault.FIRST_LENGTH ? 0 : i);
      double[] vector = new double[(int) length];
      long start = batch.layout().start(i);
      for (int j = 0; j < vector.length; j++) {
        long step = fault == Fault.STRIDE_IGNORED ? j : batch.layout().elements(i).offset(j);
        vector[j] = batch.elements().get(Math.min(start + step, batch.elements().length() - 1));
      }
      return vector;
    }

    @Override
    public void close() {}
  }
}
