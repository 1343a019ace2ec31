package dev.norma.cli;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Sets rows of words in columns two spaces apart. */
final class Columns {
  private Columns() {}

  /** Returns a line for each row, its words flushed right. */
  static String right(List<List<String>> rows) {
    return lines(rows, (word, padding) -> padding + word);
  }

  /** Returns a line for each row, its words flushed left. */
  static String left(List<List<String>> rows) {
    return lines(rows, (word, padding) -> word + padding);
  }

  private static String lines(List<List<String>> rows, BiFunction<String, String, String> pad) {
    List<Integer> widths =
        IntStream.range(0, rows.get(0).size()).mapToObj(column -> width(rows, column)).toList();
    return rows.stream().map(row -> line(row, widths, pad)).collect(Collectors.joining());
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private static String line(
      List<String> row, List<Integer> widths, BiFunction<String, String, String> pad) {
    return IntStream.range(0, row.size())
            .mapToObj(i -> pad.apply(row.get(i), " ".repeat(widths.get(i) - row.get(i).length())))
            .collect(Collectors.joining("  "))
            .stripTrailing()
        + "\n";
  }
}
