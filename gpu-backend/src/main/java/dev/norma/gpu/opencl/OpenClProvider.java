package dev.norma.gpu.opencl;

import dev.norma.gpu.Device;
import dev.norma.gpu.DeviceProvider;
import dev.norma.gpu.Listing;
import dev.norma.gpu.opencl.OpenClDevices.Found;
import dev.norma.kernels.KernelSource;
import dev.norma.kernels.Program;
import dev.norma.spi.Probe;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Provides {@code opencl:0}, {@code opencl:1} and so on, one for each device; where there is none,
 * says why under {@code opencl}.
 */
public final class OpenClProvider extends DeviceProvider<Found> {
  private static final int DEVICE_RANK = 20;

  private final Supplier<Listing<Found>> devices;
  private final Function<Program, String> sources;

  /** Called by {@link java.util.ServiceLoader}. */
  public OpenClProvider() {
    this(OpenClDevices::get, KernelSource::openCl);
  }

  /** Provides some devices, for which {@code sources} has the text of the programs. */
  OpenClProvider(Supplier<Listing<Found>> devices, Function<Program, String> sources) {
    super("opencl", "OpenCL");
    this.devices = devices;
    this.sources = sources;
  }

  @Override
  protected Listing<Found> list() {
    return devices.get();
  }

  @Override
  protected Probe probe(String name, Found found) {
    DeviceFacts facts = found.facts();
    int rank = facts.isCpu() ? NEVER_BY_ITSELF : DEVICE_RANK;
    return facts
        .refusal()
        .map(why -> unavailable(name, facts.description() + ": " + why))
        .orElseGet(() -> new Probe(name, true, facts.description(), rank));
  }

  @Override
  protected Device open(String name, Found found) {
    return new OpenClDevice(name, found, sources);
  }
}
