package dev.norma.cli;

import java.io.Writer;
import java.util.Locale;

/** The formats of norms on standard output. */
enum Format {
  TABLE,
  CSV,
  JSON;

  /** Reads the word for a format. */
  static final class Converter extends WordConverter<Format> {
    Converter() {
      super(values());
    }
  }

  Printer printer(Writer out) {
    return switch (this) {
      case TABLE -> new TablePrinter(out);
      case CSV -> new CsvPrinter(out);
      case JSON -> new JsonPrinter(out);
    };
  }

  /** Returns the word for this format on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
