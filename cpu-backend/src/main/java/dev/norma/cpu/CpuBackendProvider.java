package dev.norma.cpu;

import dev.norma.spi.Backend;
import dev.norma.spi.BackendProvider;
import dev.norma.spi.Probe;
import java.util.List;

/** Provides {@code cpu-simd} where the Vector API is there, and {@code cpu-scalar} everywhere. */
public final class CpuBackendProvider implements BackendProvider {
  private static final int SCALAR_RANK = 0;

  /** Called by {@link java.util.ServiceLoader}. */
  public CpuBackendProvider() {}

  @Override
  public List<Probe> probe() {
    return List.of(
        new Probe(ScalarBackend.NAME, true, "portable Java, one number at a time", SCALAR_RANK));
  }

  @Override
  public Backend open(String name) {
    Workers workers = new Workers(Workers.configuredThreads());
    return new ScalarBackend(workers);
  }
}
