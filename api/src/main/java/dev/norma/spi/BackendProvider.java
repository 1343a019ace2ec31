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
   * Returns what the names of all its backends begin with: it is not asked for anything where a
   * backend with another name is wanted.
   */
  default String prefix() {
    return "";
  }

  /**
   * Opens an available backend.
   *
   * @param name a name from {@link #probe()}
   * @throws IllegalArgumentException if a setting of the backend makes no sense
   */
  Backend open(String name);
}
