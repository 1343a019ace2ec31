package dev.norma.gpu.cuda;

import dev.norma.gpu.cuda.Card.Bound;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Tables of estimates, one for each question, as docs/performance.md has them. */
final class EstimateTables {
  private static final int USUAL_WIDTH = 768;
  private static final int SHORTEST = 16;

  private final Estimates estimates;

  EstimateTables(Estimates estimates) {
    this.estimates = estimates;
  }

  /** Returns the tables, each below its question. */
  @Override
  public String toString() {
    List<Estimate> all = shown(EstimateTables::isUsual);
    return question("What binds?", all, List.of(), EstimateTables::binding)
        + question(
            "Does issuing leave double headroom?",
            rows(Estimate::isMostUsed),
            List.of(),
            EstimateTables::issuing)
        + question(
            "Is enough under way to cover the latency of memory?",
            shown(e -> true).stream().filter(EstimateTables::isUsual).toList(),
            List.of("bytes of a warp"),
            this::underWay)
        + counts(all);
  }

  private List<Estimate> rows(Predicate<Estimate> which) {
    return estimates.all().stream().filter(which).toList();
  }

  /** Returns the most used norms, and then of others those that fit. */
  private List<Estimate> shown(Predicate<Estimate> ofOthers) {
    List<Estimate> shown = new ArrayList<>(rows(Estimate::isMostUsed));
    shown.addAll(rows(e -> !e.isMostUsed() && ofOthers.test(e)));
    return shown;
  }

  /** Rows that are copied, rows that are not, columns, and ragged vectors. */
  private static boolean isUsual(Estimate e) {
    return e.of().width() == USUAL_WIDTH || e.of().width() == SHORTEST;
  }

  private static List<String> binding(Estimate e) {
    return cards(
        e,
        (it, card) -> {
          Bound bound = card.tightest(it.work());
          double headroom = card.headroom(bound, it.work());
          return marked(headroom < 1, number(headroom) + " " + bound.label);
        });
  }

  private static List<String> issuing(Estimate e) {
    return cards(
        e,
        (it, card) -> {
          double headroom = card.headroom(Bound.ISSUE, it.work());
          return marked(headroom < 2, number(headroom));
        });
  }

  private List<String> underWay(Estimate e) {
    List<String> cells = new ArrayList<>(List.of(Long.toString(e.inFlight())));
    cells.addAll(
        cards(
            e,
            (it, card) -> {
              double covered = estimates.covered(it, card);
              String warps = " (" + estimates.resident(it, card) + " warps)";
              return marked(covered < estimates.share(it, card), number(covered)) + warps;
            }));
    return cells;
  }

  private static List<String> cards(Estimate e, BiFunction<Estimate, Card, String> cell) {
    return Card.ALL.stream().map(card -> cell.apply(e, card)).toList();
  }

  private static String counts(List<Estimate> rows) {
    return "**What does an element take?**\n\n"
        + table(
            rows,
            List.of(
                "bytes",
                "loads",
                "stores",
                "issued",
                "integers",
                "FP64",
                "conversions",
                "barriers of a warp",
                "conflicts"),
            e ->
                List.of(
                    number(e.work().bytes()),
                    exact(e.kernel().askedReading()),
                    e.of().work().writes() ? exact(e.kernel().askedWriting()) : "",
                    number(e.work().slots()),
                    number(e.work().integers()),
                    number(e.work().fp64()),
                    number(e.work().conversions() + e.work().others()),
                    number(e.barriers()),
                    number(e.kernel().conflicts())));
  }

  /** A table with a column for each card. */
  private static String question(
      String question,
      List<Estimate> rows,
      List<String> head,
      Function<Estimate, List<String>> cells) {
    List<String> all = new ArrayList<>(head);
    Card.ALL.forEach(card -> all.add(card.name()));
    return "**" + question + "**\n\n" + table(rows, all, cells) + "\n";
  }

  /** Norms that differ in nothing share a line. */
  private static String table(
      List<Estimate> rows, List<String> head, Function<Estimate, List<String>> cells) {
    Map<List<String>, List<String>> lines = new LinkedHashMap<>();
    for (Estimate e : rows) {
      List<String> rest = new ArrayList<>(List.of(e.of().typeName(), e.of().shape()));
      rest.addAll(cells.apply(e));
      lines.computeIfAbsent(rest, x -> new ArrayList<>()).add(e.of().work().title);
    }
    List<String> top = new ArrayList<>(List.of("type", "vectors"));
    top.addAll(head);
    return line("norms", top)
        + "| --- ".repeat(top.size() + 1)
        + "|\n"
        + lines.entrySet().stream()
            .map(entry -> line(String.join(", ", entry.getValue()), entry.getKey()))
            .collect(Collectors.joining());
  }

  private static String line(String norms, List<String> cells) {
    return "| " + norms + " | " + String.join(" | ", cells) + " |\n";
  }

  /** What is below what there should be. */
  private static String marked(boolean isBelow, String text) {
    return isBelow ? "**" + text + "**" : text;
  }

  private static String exact(double x) {
    return String.format(Locale.ROOT, "%.3f", x);
  }

  private static String number(double x) {
    return String.format(Locale.ROOT, x < 1 ? "%.2f" : x < 100 ? "%.1f" : "%.0f", x);
  }
}
