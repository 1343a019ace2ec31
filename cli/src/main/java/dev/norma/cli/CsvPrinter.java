package dev.norma.cli;

import java.io.IOException;
import java.io.Writer;

/** A line for each result, quoted by RFC 4180; lines end in a line feed. */
final class CsvPrinter implements Printer {
  private final Writer out;

  CsvPrinter(Writer out) {
    this.out = out;
  }

  @Override
  public void begin() throws IOException {
    out.write("file,ord,index,value\n");
    out.flush();
  }

  @Override
  public void print(Answer answer) throws IOException {
    for (int n = 0; n < answer.ords().size(); n++) {
      String start = quoted(answer.file()) + "," + answer.ords().get(n) + ",";
      double[] values = answer.norms().get(n);
      for (int i = 0; i < values.length; i++) {
        out.write(start + i + "," + values[i] + "\n");
      }
    }
    out.flush();
  }

  private static String quoted(String field) {
    boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? field : "\"" + field.replace("\"", "\"\"") + "\"";
  }
}
