package dev.norma.conformance;

import dev.norma.Norma;
import dev.norma.spi.Backend;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A backend under test, opened once for all tests of a class that one engine runs.
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
        n ->
            new Subject(
                Norma.open(n), Providers.open(n), n.equals(SCALAR) ? Optional.empty() : scalar()));
  }

  /** Closes all, which nobody uses any more: whoever asks again gets new ones. */
  static void closeAll() {
    OPENED.values().forEach(Subject::close);
    OPENED.clear();
  }

  private void close() {
    norma.close();
    backend.close();
    peer.ifPresent(Norma::close);
  }

  private static Optional<Norma> scalar() {
    boolean provided =
        Norma.backends().stream().anyMatch(p -> p.name().equals(SCALAR) && p.available());
    return provided ? Optional.of(Norma.open(SCALAR)) : Optional.empty();
  }
}
