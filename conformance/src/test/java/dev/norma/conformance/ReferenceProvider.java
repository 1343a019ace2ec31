package dev.norma.conformance;

import dev.norma.Batch;
import dev.norma.spi.Backend;
import dev.norma.spi.BackendProvider;
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

  static String name(Fault fault) {
    return PREFIX + fault.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public List<Probe> probe() {
    return Stream.of(Fault.values()).map(f -> new Probe(name(f), true, "for tests", -1)).toList();
  }

  @Override
  public Backend open(String name) {
    String fault = name.substring(PREFIX.length()).toUpperCase(Locale.ROOT);
    return new ReferenceBackend(Fault.valueOf(fault));
  }

  /** Reads one element after the other and reduces them in the reference order. */
  private record ReferenceBackend(Fault fault) implements Backend {
    @Override
    public String name() {
      return ReferenceProvider.name(fault);
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
