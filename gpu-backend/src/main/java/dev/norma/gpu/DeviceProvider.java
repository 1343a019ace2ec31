package dev.norma.gpu;

import dev.norma.spi.Backend;
import dev.norma.spi.BackendProvider;
import dev.norma.spi.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Provides one backend for each device of a programming interface, numbered from 0; where there is
 * none, says why under the name of the interface alone.
 *
 * @param <T> what is known of a device
 */
public abstract class DeviceProvider<T> implements BackendProvider {
  /** The rank of what is never chosen by itself. */
  protected static final int NEVER_BY_ITSELF = -10;

  private final String prefix;
  private final String interfaceName;

  /**
   * Names a programming interface.
   *
   * @param prefix as names of backends begin
   * @param interfaceName as people call it
   */
  protected DeviceProvider(String prefix, String interfaceName) {
    this.prefix = prefix;
    this.interfaceName = interfaceName;
  }

  /** Looks for devices. */
  protected abstract Listing<T> list();

  /** Tells of a device under a name. */
  protected abstract Probe probe(String name, T found);

  /** Opens a device under a name. */
  protected abstract Device open(String name, T found);

  /** Tells of a device that cannot be used. */
  protected static Probe unavailable(String name, String why) {
    return new Probe(name, false, why, NEVER_BY_ITSELF);
  }

  @Override
  public final String prefix() {
    return prefix;
  }

  /**
   * Tells of each device that was found, and then of what kept others from being found. What fails
   * in that, such as a library that cannot be linked, is told too.
   */
  @Override
  public final List<Probe> probe() {
    try {
      return probes(list());
    } catch (RuntimeException | LinkageError e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      return List.of(unavailable(prefix, interfaceName + " cannot be used: " + why));
    }
  }

  private List<Probe> probes(Listing<T> listing) {
    if (listing.devices().isEmpty()) {
      return List.of(unavailable(prefix, String.join("; ", listing.problems())));
    }
    List<Probe> probes = new ArrayList<>();
    listing.devices().forEach(found -> probes.add(probe(name(probes.size()), found)));
    listing.problems().forEach(why -> probes.add(unavailable(name(probes.size()), why)));
    return probes;
  }

  private String name(int index) {
    return prefix + ":" + index;
  }

  @Override
  public final Backend open(String name) {
    Device device = device(name);
    try {
      return new GpuBackend(device);
    } catch (RuntimeException e) {
      device.close();
      throw e;
    }
  }

  /** Opens a device by its name. */
  public final Device device(String name) {
    List<T> devices = list().devices();
    int index =
        IntStream.range(0, devices.size())
            .filter(i -> name(i).equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("there is no device " + name));
    return open(name, devices.get(index));
  }
}
