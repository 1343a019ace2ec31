package dev.norma;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Warnings that are worth a line each in the life of a program, and not one more. */
final class OnceLog {
  private static final System.Logger LOG = System.getLogger("dev.norma");
  private static final Set<String> LOGGED = ConcurrentHashMap.newKeySet();

  private OnceLog() {}

  static void warn(String line) {
    if (LOGGED.add(line)) {
      LOG.log(System.Logger.Level.WARNING, line);
    }
  }

  /** Lets tests see the first time again. */
  static void forget() {
    LOGGED.clear();
  }
}
