package dev.norma.benchmarks;

import java.util.Locale;

/** Writes measurements as the rows of a Markdown table whose columns line up. */
final class Table {
  private static final String ROW =
      "| %-14s | %-5s | %-4s | %-12s | %-5s | %7s | %7s | %-8s | %7s | %-18s |";

  private Table() {}

  static String header() {
    String names =
        String.format(
            Locale.ROOT,
            ROW,
            "who",
            "norm",
            "type",
            "vectors",
            "place",
            "threads",
            "GB/s",
            "against",
            "GB/s",
            "% of it (quarters)");
    return names + System.lineSeparator() + names.replaceAll("[^|]", "-");
  }

  static String row(Case c, Measurement measurement) {
    return String.format(
        Locale.ROOT,
        ROW,
        c.contender(),
        c.norm(),
        c.typeLabel(),
        c.shape(),
        c.place(),
        c.cores().threads(),
        String.format(Locale.ROOT, "%.1f", measurement.gigabytes()),
        c.contender().yardstick(),
        String.format(Locale.ROOT, "%.1f", measurement.probeGigabytes()),
        share(measurement));
  }

  private static String share(Measurement measurement) {
    return String.format(
        Locale.ROOT,
        "%.0f (%.0f to %.0f)",
        100 * measurement.share(0.5),
        100 * measurement.share(0.25),
        100 * measurement.share(0.75));
  }
}
