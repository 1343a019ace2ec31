package dev.norma.gpu.cuda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All that is estimated.
 *
 * @param all kernels and what they do
 * @param registers what they take of a card: the rows of docs/ptx.md, by type, program and kernel,
 *     and of these the cells by the names of their columns
 */
record Estimates(List<Estimate> all, Map<String, Map<String, String>> registers) {
  private static final Path REGISTERS = Path.of("../docs/ptx.md");

  static Estimates make() throws IOException {
    return new Estimates(CountedCase.all().stream().map(Estimate::of).toList(), readRegisters());
  }

  private static Map<String, Map<String, String>> readRegisters() throws IOException {
    List<List<String>> lines =
        Files.readAllLines(REGISTERS).stream()
            .filter(line -> line.startsWith("| "))
            .map(line -> List.of(line.substring(2).split(" \\| | \\|")))
            .toList();
    Map<String, Map<String, String>> rows = new HashMap<>();
    for (List<String> line : lines) {
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < line.size(); i++) {
        row.put(lines.get(0).get(i), line.get(i));
      }
      rows.put(String.join(" ", line.subList(0, 3)), row);
    }
    return rows;
  }

  private int cell(Estimate e, String column) {
    String row = e.of().typeName() + " " + e.of().program() + " " + e.kernel().name();
    return Integer.parseInt(registers.get(row).get(column));
  }

  /** Returns the registers of a thread. */
  int registers(Estimate e, Card card) {
    return cell(e, card.column());
  }

  /** Returns the warps that a multiprocessor holds. */
  int resident(Estimate e, Card card) {
    return card.resident(registers(e, card), e.threads(), cell(e, "shared"));
  }

  /** Returns what is under way at most, by what has to be for all that memory gives. */
  double covered(Estimate e, Card card) {
    return resident(e, card) * e.inFlight() / card.needed();
  }

  /** Returns how much of it has to be: the part of memory's speed that something else leaves. */
  double share(Estimate e, Card card) {
    return Math.min(1, card.headroom(card.tightest(e.work()), e.work()));
  }
}
