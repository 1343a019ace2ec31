package dev.norma.cli;

import dev.norma.DeviceException;
import dev.norma.conformance.Providers;
import dev.norma.spi.Backend;
import dev.norma.spi.BackendProvider;
import dev.norma.spi.Probe;
import java.util.List;

/** Backends with memory of their own, of which all but one have mistakes. */
public final class FakeProvider implements BackendProvider {
  @Override
  public List<Probe> probe() {
    return List.of(
        new Probe("fake-right", true, "for tests", -1),
        new Probe("fake-wrong", true, "for tests", -1),
        new Probe("fake-lost", true, "for tests", -1));
  }

  @Override
  public Backend open(String name) {
    if (name.equals("fake-lost")) {
      throw new DeviceException(
          DeviceException.Fault.BUILD, "fake-lost: kernel refused\nline 7: what?", null);
    }
    return new FakeBackend(name, name.equals("fake-wrong"), Providers.open("cpu-scalar"));
  }
}
