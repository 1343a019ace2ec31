package dev.norma.conformance;

import dev.norma.Norma;
import dev.norma.spi.Backend;
import dev.norma.spi.BackendProvider;
import dev.norma.spi.Probe;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A backend under test, opened once for all tests of the JVM and never closed: the extension points
 * of the test engines have no end in common.
 *
 * @param norma the façade over the backend
 * @param backend the backend itself, a second time
 * @param peer the scalar backend, where there is one and this is another
 */
record Subject(Norma norma, Backend backend, Optional<Norma> peer) {
  private static final String SCALAR = "cpu-scalar";
  private static final Map<String, Subject> OPENED = new ConcurrentHashMap<>();

  /**
   * Returns the backend of a name.
   *
   * @throws dev.norma.BackendUnavailableException if it is not available
   */
  static Subject of(String name) {
    return OPENED.computeIfAbsent(
        name,
        n -> new Subject(Norma.open(n), open(n), n.equals(SCALAR) ? Optional.empty() : scalar()));
  }

  private static Optional<Norma> scalar() {
    boolean provided =
        Norma.backends().stream().anyMatch(p -> p.name().equals(SCALAR) && p.available());
    return provided ? Optional.of(Norma.open(SCALAR)) : Optional.empty();
  }

  /** Opens a backend without the façade; of a name for several devices, the first one. */
  private static Backend open(String name) {
    for (BackendProvider provider : ServiceLoader.load(BackendProvider.class)) {
      for (Probe probe : provider.probe()) {
        boolean fits = probe.name().equals(name) || probe.name().startsWith(name + ":");
        if (fits && probe.available()) {
          return provider.open(probe.name());
        }
      }
    }
    throw new IllegalStateException("backend " + name + " went away");
  }
}
