package dev.norma.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Answers to read: a line where there is one result, a table where there are few, and otherwise how
 * many there are, the smallest, the mean and the largest.
 */
final class TablePrinter implements Printer {
  /** With its heading a table of so many rows fits on a terminal of 24 lines. */
  private static final int MOST_ROWS = 20;

  private final Writer out;
  private boolean first = true;

  TablePrinter(Writer out) {
    this.out = out;
  }

  @Override
  public void print(Answer answer) throws IOException {
    int count = answer.count();
    if (count > 1 && !first) {
      out.write("\n");
    }
    first = false;
    out.write(heading(answer));
    if (count == 0) {
      out.write(": no results\n");
    } else if (count == 1) {
      out.write(": " + single(answer) + "\n");
    } else {
      out.write("\n" + Columns.right(count <= MOST_ROWS ? all(answer) : summary(answer)));
      out.write(count <= MOST_ROWS ? "" : "(--format csv or json prints all results)\n");
    }
    out.flush();
  }

  private static String heading(Answer answer) {
    return "%s: %s %s, axis %s, %s"
        .formatted(
            OneLine.of(answer.file()),
            answer.dtype(),
            shape(answer.shape()),
            answer.axes().isEmpty() ? "none" : joined(answer.axes(), ","),
            answer.backend());
  }

  /** Writes a shape as numpy does, a single size with a comma behind it. */
  private static String shape(List<Long> sizes) {
    return "(" + joined(sizes, ", ") + (sizes.size() == 1 ? ",)" : ")");
  }

  private static String joined(List<? extends Number> numbers, String separator) {
    return numbers.stream().map(Number::toString).collect(Collectors.joining(separator));
  }

  private static String single(Answer answer) {
    return IntStream.range(0, answer.ords().size())
        .mapToObj(n -> answer.ords().get(n) + " = " + answer.norms().get(n)[0])
        .collect(Collectors.joining(", "));
  }

  private static List<List<String>> all(Answer answer) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(Stream.concat(Stream.of("index"), answer.ords().stream()).toList());
    for (int i = 0; i < answer.count(); i++) {
      int index = i;
      Stream<String> values = answer.norms().stream().map(norm -> Double.toString(norm[index]));
      rows.add(Stream.concat(Stream.of(Integer.toString(i)), values).toList());
    }
    return rows;
  }

  private static List<List<String>> summary(Answer answer) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("ord", "count", "min", "mean", "max"));
    for (int n = 0; n < answer.ords().size(); n++) {
      Summary summary = Summary.of(answer.norms().get(n));
      rows.add(
          List.of(
              answer.ords().get(n),
              Integer.toString(answer.count()),
              Double.toString(summary.min()),
              Double.toString(summary.mean()),
              Double.toString(summary.max())));
    }
    return rows;
  }
}
