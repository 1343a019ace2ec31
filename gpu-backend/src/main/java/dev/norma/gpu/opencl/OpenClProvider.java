package dev.norma.gpu.opencl;

import dev.norma.gpu.Device;
import dev.norma.gpu.GpuBackend;
import dev.norma.gpu.opencl.OpenClDevices.Found;
import dev.norma.gpu.opencl.OpenClDevices.Listing;
import dev.norma.kernels.KernelSource;
import dev.norma.kernels.Program;
import dev.norma.spi.Backend;
import dev.norma.spi.BackendProvider;
import dev.norma.spi.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Provides {@code opencl:0}, {@code opencl:1} and so on, one for each device; where there is none,
 * says why under {@code opencl}.
 */
public final class OpenClProvider implements BackendProvider {
  private static final String NAME = "opencl";
  private static final int DEVICE_RANK = 20;
  private static final int NEVER_BY_ITSELF = -10;

  private final Function<Program, String> sources;
  private final Function<Device, Backend> backends;

  /** Called by {@link java.util.ServiceLoader}. */
  public OpenClProvider() {
    this(KernelSource::openCl, GpuBackend::new);
  }

  /** Makes backends of devices, for which {@code sources} has the text of the programs. */
  OpenClProvider(Function<Program, String> sources, Function<Device, Backend> backends) {
    this.sources = sources;
    this.backends = backends;
  }

  @Override
  public String prefix() {
    return NAME;
  }

  @Override
  public List<Probe> probe() {
    return probes(OpenClDevices::get);
  }

  /** Looks for devices; what fails in that, such as a library that cannot be linked, is told. */
  static List<Probe> probes(Supplier<Listing> devices) {
    try {
      return probes(devices.get());
    } catch (RuntimeException | LinkageError e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      return List.of(unavailable(NAME, "OpenCL cannot be used: " + why));
    }
  }

  /** Tells of each device that was found, and then of what kept others from being found. */
  static List<Probe> probes(Listing listing) {
    if (listing.devices().isEmpty()) {
      return List.of(unavailable(NAME, String.join("; ", listing.problems())));
    }
    List<Probe> probes = new ArrayList<>();
    listing.devices().forEach(found -> probes.add(probe(name(probes.size()), found.facts())));
    listing.problems().forEach(why -> probes.add(unavailable(name(probes.size()), why)));
    return probes;
  }

  private static String name(int index) {
    return NAME + ":" + index;
  }

  private static Probe probe(String name, DeviceFacts facts) {
    int rank = facts.isCpu() ? NEVER_BY_ITSELF : DEVICE_RANK;
    return facts
        .refusal()
        .map(why -> unavailable(name, facts.description() + ": " + why))
        .orElseGet(() -> new Probe(name, true, facts.description(), rank));
  }

  private static Probe unavailable(String name, String why) {
    return new Probe(name, false, why, NEVER_BY_ITSELF);
  }

  @Override
  public Backend open(String name) {
    return open(device(name));
  }

  private Backend open(Device device) {
    try {
      return backends.apply(device);
    } catch (RuntimeException e) {
      device.close();
      throw e;
    }
  }

  /** Opens a device by its name. */
  Device device(String name) {
    List<Found> devices = OpenClDevices.get().devices();
    int index =
        IntStream.range(0, devices.size())
            .filter(i -> name(i).equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("there is no device " + name));
    return new OpenClDevice(name, devices.get(index), sources);
  }
}
