package dev.norma.cli;

import java.io.IOException;

/** Writes answers in one of the formats. */
interface Printer {
  /** Writes what stands before the first answer. */
  default void begin() throws IOException {}

  /** Writes an answer and flushes it. */
  void print(Answer answer) throws IOException;
}
