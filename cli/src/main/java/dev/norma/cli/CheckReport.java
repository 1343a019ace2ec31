package dev.norma.cli;

import dev.norma.conformance.check.Difference;
import dev.norma.conformance.check.Outcome;
import dev.norma.formats.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The words about a check: a file with all that is known, and the gist of it for the terminal. */
final class CheckReport {
  /** So many differences are told in full. */
  private static final int MOST_DIFFERENCES = 20;

  /** So many cases are named, of each kind. */
  private static final int MOST_CASES = 200;

  private final String asked;
  private final CheckRun run;

  CheckReport(String asked, CheckRun run) {
    this.asked = asked;
    this.run = run;
  }

  /** Returns what standard output is told. */
  String summary() {
    return heading() + "\n" + run.tally() + "\n" + speeds();
  }

  private String heading() {
    String backend = OneLine.of(run.backend());
    return String.format(
        Locale.ROOT, "%s against %s, bit by bit, %.0f s", backend, CheckRun.PEER, run.seconds());
  }

  private String speeds() {
    StringBuilder text = new StringBuilder();
    run.speeds().forEach(speeds -> text.append("\n").append(speeds));
    return text.append("\n").toString();
  }

  /** Returns one line about what is wrong. */
  String complaint() {
    List<Outcome> wrong = run.tally().wrong();
    String first = wrong.isEmpty() ? "" : "; the first: " + brief(wrong.get(0));
    return "backend " + run.backend() + ": " + run.tally() + first;
  }

  private static String brief(Outcome outcome) {
    return outcome.name() + reason(outcome).lines().findFirst().orElse("");
  }

  /** Writes the file, whole or not at all. */
  void write(Path file) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text());
    AtomicFile.write(
        file,
        channel -> {
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        });
  }

  private String text() {
    StringBuilder text = new StringBuilder(Columns.left(facts()));
    section(text, "Backends", DevicesCommand.table(Device.all()));
    section(text, "Settings", lines(Machine.settings()));
    section(text, "Different or failed", wrong());
    section(text, "Not supported", unsupported());
    return text.append(speeds()).toString();
  }

  private static void section(StringBuilder text, String title, String body) {
    text.append("\n").append(title).append("\n").append(body.isEmpty() ? "none\n" : body);
  }

  private static String lines(List<List<String>> rows) {
    return rows.isEmpty() ? "" : Columns.left(rows);
  }

  private List<List<String>> facts() {
    List<List<String>> facts = new ArrayList<>();
    facts.add(List.of("version", new RootCommand.Version().getVersion()[0]));
    facts.add(List.of("made", Instant.now().toString()));
    facts.add(List.of("asked for", OneLine.of(asked) + (run.quick() ? ", --quick" : "")));
    facts.add(List.of("check", heading()));
    facts.add(List.of("result", run.tally().toString()));
    facts.addAll(Machine.facts());
    return facts;
  }

  private String unsupported() {
    StringBuilder text = new StringBuilder();
    run.tally().unsupported().stream().limit(MOST_CASES).forEach(o -> text.append(title(o)));
    return text.append(more(run.tally().unsupported().size())).toString();
  }

  private static String title(Outcome outcome) {
    return "%s%s\n".formatted(OneLine.of(outcome.name()), reason(outcome));
  }

  private static String reason(Outcome outcome) {
    return outcome.reason().isEmpty() ? "" : ": " + outcome.reason().strip();
  }

  private static String more(int cases) {
    return cases <= MOST_CASES ? "" : "and " + (cases - MOST_CASES) + " cases more\n";
  }

  private String wrong() {
    StringBuilder text = new StringBuilder();
    List<Outcome> wrong = run.tally().wrong();
    int shown = 0;
    for (Outcome outcome : wrong.subList(0, Math.min(MOST_CASES, wrong.size()))) {
      text.append(title(outcome));
      List<Difference> first = outcome.first();
      int some = Math.min(MOST_DIFFERENCES - shown, first.size());
      first.subList(0, some).forEach(difference -> text.append(inFull(difference)));
      text.append(rest(outcome.differences() - some));
      shown += some;
    }
    return text.append(more(wrong.size())).toString();
  }

  private static String inFull(Difference difference) {
    return String.format(
        Locale.ROOT,
        "  %s\n    elements  %s\n    expected  %s\n    actual    %s\n",
        difference.what(),
        difference.input().isEmpty() ? "as the case has them" : difference.input(),
        difference.expected(),
        difference.actual());
  }

  private static String rest(long differences) {
    return differences == 0 ? "" : "  " + differences + " results more differ\n";
  }
}
