package dev.norma.conformance;

import dev.norma.spi.Backend;
import dev.norma.spi.BackendProvider;
import dev.norma.spi.Probe;
import java.util.ServiceLoader;

/** Opens backends without the façade. */
public final class Providers {
  private Providers() {}

  /**
   * Opens the backend of a name.
   *
   * @throws IllegalStateException if no provider has it available
   */
  public static Backend open(String name) {
    for (BackendProvider provider : ServiceLoader.load(BackendProvider.class)) {
      for (Probe probe : provider.probe()) {
        if (probe.name().equals(name) && probe.available()) {
          return provider.open(name);
        }
      }
    }
    throw new IllegalStateException("no provider has a backend " + name);
  }
}
