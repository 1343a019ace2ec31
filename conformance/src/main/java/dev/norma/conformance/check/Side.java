package dev.norma.conformance.check;

import dev.norma.Norma;
import dev.norma.conformance.Providers;
import dev.norma.spi.Backend;

/**
 * One of the two backends that are compared, opened twice. Closed by whoever opened it.
 *
 * @param norma the façade over the backend
 * @param backend the backend itself
 */
public record Side(Norma norma, Backend backend) implements AutoCloseable {
  /**
   * Opens a backend.
   *
   * @param name the name of a single backend, not of a choice such as {@code auto}
   * @throws dev.norma.BackendUnavailableException if it is not available
   */
  public static Side open(String name) {
    Norma norma = Norma.open(name);
    try {
      return new Side(norma, Providers.open(name));
    } catch (RuntimeException | LinkageError e) {
      norma.close();
      throw e;
    }
  }

  /** Returns the name of the backend. */
  public String name() {
    return backend.name();
  }

  @Override
  public void close() {
    try (norma) {
      backend.close();
    }
  }
}
