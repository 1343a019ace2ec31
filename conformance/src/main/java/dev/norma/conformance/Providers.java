package dev.norma.conformance;

import dev.norma.spi.Backend;
import dev.norma.spi.BackendProvider;
import dev.norma.spi.Probe;
import java.util.ServiceLoader;

/** Opens backends without the façade. */
public final class Providers {
  private Providers() {}

  /**
   * Opens the backend of a name; of a name for several devices, the first one.
   *
   * @throws IllegalStateException if no provider has it available
   */
  public static Backend open(String name) {
    for (BackendProvider provider : ServiceLoader.load(BackendProvider.class)) {
      for (Probe probe : provider.probe()) {
        boolean fits = probe.name().equals(name) || probe.name().startsWith(name + ":");
        if (fits && probe.available()) {
          return provider.open(probe.name());
        }
      }
    }
    throw new IllegalStateException("no provider has a backend " + name);
  }
}
