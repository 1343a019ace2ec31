package dev.norma;

import java.util.List;

/** Closes all of several things, even when closing one fails. */
final class Closing {
  private Closing() {}

  /** Closes them in order; throws the first failure, with the others attached to it. */
  static void all(List<? extends Runnable> closers) {
    RuntimeException failure = null;
    for (Runnable closer : closers) {
      try {
        closer.run();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
