package dev.norma;

/** A backend that was named is not available; the message says why and what to do about it. */
public final class BackendUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BackendUnavailableException(String message) {
    super(message);
  }
}
