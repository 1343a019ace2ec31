package dev.norma.cpu;

import dev.norma.spi.Backend;
import dev.norma.spi.BackendProvider;
import dev.norma.spi.Probe;
import java.util.List;

/** Provides {@code cpu-simd} where the Vector API is there, and {@code cpu-scalar} everywhere. */
public final class CpuBackendProvider implements BackendProvider {
  private static final String VECTOR_MODULE = "jdk.incubator.vector";
  private static final int SCALAR_RANK = 0;
  private static final int SIMD_RANK = 10;

  /** Called by {@link java.util.ServiceLoader}. */
  public CpuBackendProvider() {}

  @Override
  public String prefix() {
    return "cpu";
  }

  @Override
  public List<Probe> probe() {
    return List.of(simd(), new Probe(ScalarBackend.NAME, true, "portable Java", SCALAR_RANK));
  }

  /** Asks for the module alone: no class of the Vector API is loaded before its use. */
  private static Probe simd() {
    boolean available = ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
    String detail =
        available
            ? "Vector API on " + System.getProperty("os.arch")
            : "the Vector API is not there; start Java with --add-modules " + VECTOR_MODULE;
    return new Probe(SimdBackend.NAME, available, detail, SIMD_RANK);
  }

  @Override
  public Backend open(String name) {
    int threads = Workers.configuredThreads();
    if (name.equals(ScalarBackend.NAME)) {
      return new ScalarBackend(new Workers(threads));
    }
    SimdWidth.forced();
    return new SimdBackend(new Workers(threads));
  }
}
