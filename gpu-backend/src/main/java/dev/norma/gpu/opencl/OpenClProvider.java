package dev.norma.gpu.opencl;

import dev.norma.gpu.Device;
import dev.norma.gpu.DeviceProvider;
import dev.norma.gpu.Listing;
import dev.norma.gpu.cuda.CudaProvider;
import dev.norma.gpu.opencl.OpenClDevices.Found;
import dev.norma.kernels.KernelSource;
import dev.norma.kernels.Program;
import dev.norma.spi.Probe;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Provides {@code opencl:0}, {@code opencl:1} and so on, one for each device; where there is none,
 * says why under {@code opencl}.
 */
public final class OpenClProvider extends DeviceProvider<Found> {
  private static final int DEVICE_RANK = 20;

  /** That of a card which CUDA has too: both together would only be in each other's way. */
  private static final int LEFT_TO_CUDA = 0;

  private final Supplier<Listing<Found>> devices;
  private final Supplier<Set<String>> cards;
  private final Function<Program, String> sources;

  /** Called by {@link java.util.ServiceLoader}. */
  public OpenClProvider() {
    this(OpenClDevices::get, CudaProvider::cards, KernelSource::openCl);
  }

  /**
   * Provides some devices.
   *
   * @param devices what was found
   * @param cards the names of those that CUDA has too
   * @param sources the text of each program
   */
  OpenClProvider(
      Supplier<Listing<Found>> devices,
      Supplier<Set<String>> cards,
      Function<Program, String> sources) {
    super("opencl", "OpenCL");
    this.devices = devices;
    this.cards = cards;
    this.sources = sources;
  }

  @Override
  protected Listing<Found> list() {
    return devices.get();
  }

  @Override
  protected Probe probe(String name, Found found) {
    DeviceFacts facts = found.facts();
    return facts
        .refusal()
        .map(why -> unavailable(name, facts.description() + ": " + why))
        .orElseGet(() -> new Probe(name, true, facts.description(), rank(facts)));
  }

  /** CUDA is asked only where there is a card of its maker. */
  private int rank(DeviceFacts facts) {
    if (facts.isCpu()) {
      return NEVER_BY_ITSELF;
    }
    return facts.platform().contains("NVIDIA") && cards.get().contains(facts.device())
        ? LEFT_TO_CUDA
        : DEVICE_RANK;
  }

  @Override
  protected Device open(String name, Found found) {
    return new OpenClDevice(name, found, sources);
  }
}
