package dev.norma.spi;

import java.util.List;

/** Found by {@link java.util.ServiceLoader}; knows the backends of one module. */
public interface BackendProvider {
  /**
   * Tells for each backend whether it is available. Never throws, and loads no native library that
   * it can do without.
   */
  List<Probe> probe();

  /**
   * Opens an available backend.
   *
   * @param name a name from {@link #probe()}
   * @throws IllegalArgumentException if a setting of the backend makes no sense
   */
  Backend open(String name);
}
