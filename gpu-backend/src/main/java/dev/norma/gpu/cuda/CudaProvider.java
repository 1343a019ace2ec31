package dev.norma.gpu.cuda;

import dev.norma.gpu.Device;
import dev.norma.gpu.DeviceProvider;
import dev.norma.gpu.Listing;
import dev.norma.gpu.cuda.CudaDevices.Found;
import dev.norma.kernels.KernelSource;
import dev.norma.kernels.Program;
import dev.norma.spi.Probe;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Provides {@code cuda:0}, {@code cuda:1} and so on, one for each device; where there is none, says
 * why under {@code cuda}.
 */
public final class CudaProvider extends DeviceProvider<Found> {
  /** Above that of OpenCL, which has the same devices. */
  private static final int DEVICE_RANK = 30;

  private final Supplier<Listing<Found>> devices;
  private final Function<Program, String> ptx;

  /** Called by {@link java.util.ServiceLoader}. */
  public CudaProvider() {
    this(CudaDevices::get, KernelSource::ptx);
  }

  /** Provides some devices, for which {@code ptx} has the text of the programs. */
  CudaProvider(Supplier<Listing<Found>> devices, Function<Program, String> ptx) {
    super("cuda", "CUDA");
    this.devices = devices;
    this.ptx = ptx;
  }

  /** Returns the names of all cards that can be used. */
  public static Set<String> cards() {
    return CudaDevices.get().devices().stream()
        .map(Found::facts)
        .filter(facts -> facts.refusal().isEmpty())
        .map(DeviceFacts::device)
        .collect(Collectors.toSet());
  }

  @Override
  protected Listing<Found> list() {
    return devices.get();
  }

  @Override
  protected Probe probe(String name, Found found) {
    String description = found.facts().description();
    return found
        .facts()
        .refusal()
        .map(why -> unavailable(name, description + ": " + why))
        .orElseGet(() -> new Probe(name, true, description, DEVICE_RANK));
  }

  @Override
  protected Device open(String name, Found found) {
    return new CudaDevice(name, found, ptx);
  }
}
