package dev.norma.formats;

import java.io.IOException;

/**
 * Says that a file is not a well-formed {@code .npy} file, or holds elements that are not
 * supported.
 *
 * <p>The message is one line of printable ASCII that names what is wrong. It leaves out the path of
 * the file, which the caller knows and puts in front.
 */
public final class NpyFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Makes an exception with the given message. */
  public NpyFormatException(String message) {
    super(message);
  }
}
