package dev.norma.gpu.opencl;

import dev.norma.gpu.Device;
import dev.norma.kernels.Program;
import dev.norma.spi.Probe;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What tests of other packages may use of this one. */
public final class OpenClTests {
  private OpenClTests() {}

  /** Returns why there is no device, if there is none. */
  public static Optional<String> missing() {
    List<Probe> probes = new OpenClProvider().probe();
    return probes.stream().anyMatch(Probe::available)
        ? Optional.empty()
        : Optional.of(probes.stream().map(Probe::detail).collect(Collectors.joining("; ")));
  }

  /** Returns why there are not so many devices that {@code opencl} would use, if there are not. */
  static Optional<String> missing(int devices) {
    List<Probe> probes = new OpenClProvider().probe();
    long best = probes.stream().mapToLong(Probe::rank).max().orElse(0);
    long used =
        probes.stream().filter(p -> p.available() && (p.rank() >= 0) == (best >= 0)).count();
    return used >= devices || devices == 1
        ? missing()
        : Optional.of(devices + " devices are needed, and there are " + used);
  }

  /** Opens a device such as {@code opencl:0}, with sources of the test's own. */
  public static Device open(String name, Function<Program, String> sources) {
    return new OpenClProvider(OpenClDevices::get, Set::of, sources).device(name);
  }
}
