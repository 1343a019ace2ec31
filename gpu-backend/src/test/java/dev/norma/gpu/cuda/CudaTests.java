package dev.norma.gpu.cuda;

import dev.norma.gpu.Device;
import dev.norma.kernels.Program;
import dev.norma.spi.Probe;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What tests of other packages may use of this one. */
public final class CudaTests {
  private CudaTests() {}

  /** Returns why there is no device, if there is none. */
  static Optional<String> missing() {
    List<Probe> probes = new CudaProvider().probe();
    return probes.stream().anyMatch(Probe::available)
        ? Optional.empty()
        : Optional.of(probes.stream().map(Probe::detail).collect(Collectors.joining("; ")));
  }

  /** Opens a device such as {@code cuda:0}, with programs of the test's own. */
  public static Device open(String name, Function<Program, String> ptx) {
    return new CudaProvider(CudaDevices::get, ptx).device(name);
  }
}
