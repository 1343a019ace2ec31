package dev.norma.cli;

import java.io.PrintStream;

/** What is said of a failure: one line, no stack trace. */
final class Failure {
  private Failure() {}

  /** Prints {@code norma: reason}. */
  static void print(PrintStream err, String reason) {
    err.println("norma: " + OneLine.of(reason));
  }

  /** Prints {@code norma: FILE: reason}. */
  static void print(PrintStream err, String file, Throwable failure) {
    print(err, file + ": " + reason(failure));
  }

  /** Returns why something failed. */
  static String reason(Throwable failure) {
    String message = failure.getMessage();
    if (failure instanceof OutOfMemoryError) {
      return "not enough memory";
    }
    if (failure instanceof InternalError) {
      return "the file could not be read to its end; was it changed meanwhile? (" + message + ")";
    }
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
