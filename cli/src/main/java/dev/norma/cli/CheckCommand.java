package dev.norma.cli;

import dev.norma.Norma;
import dev.norma.formats.AtomicFile;
import dev.norma.spi.Probe;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code norma check}: whether a backend computes right on this machine, and how fast. What it runs
 * is loaded by {@link CheckRun}, so that the other commands start without it.
 */
@Command(
    name = "check",
    description = {
      "Checks that a backend returns the bits of cpu-scalar, in some thousand cases, and measures"
          + " it: the command to run on new hardware. It takes a minute or two and writes a report"
          + " to attach to a bug report: versions, processor, backends, settings, differences and"
          + " speeds. The exit code is 1 if anything differs or fails."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  norma check                        the backend that auto prefers",
      "  norma check --quick                some of the cases, rough speeds: seconds",
      "  norma check --backend opencl:1 -o second-device.txt"
    })
final class CheckCommand implements Callable<Integer> {
  private static final String AUTO = "auto";

  private final Writer stdout;
  private final PrintStream err;

  @Spec private CommandSpec spec;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      completionCandidates = NormCommand.BackendNames.class,
      description =
          "${COMPLETION-CANDIDATES}, or a device such as opencl:0; default auto, the best one.")
  private String backend;

  @Option(
      names = "-o",
      paramLabel = "REPORT.txt",
      description = "Where to write the report; default norma-check-NAME.txt.")
  private Path report;

  @Option(names = "--quick", description = "Runs some of the cases and measures roughly.")
  private boolean quick;

  CheckCommand(Writer stdout, PrintStream err) {
    this.stdout = stdout;
    this.err = err;
  }

  @Override
  public Integer call() throws IOException {
    String asked = backend == null ? System.getProperty("norma.backend", AUTO) : backend;
    String name = Words.checked(spec, () -> name(asked));
    Path file = report == null ? Path.of(fileName(name)) : report;
    if (!done(file, () -> AtomicFile.check(file))) {
      return Main.FAILED;
    }
    CheckRun run = new CheckRun(name, quick, err);
    Words.checked(spec, run::run);
    CheckReport text = new CheckReport(asked, run);
    boolean written = done(file, () -> text.write(file));
    stdout.write(text.summary());
    if (!run.isFine()) {
      Failure.print(err, text.complaint());
    }
    if (written) {
      stdout.write("report: " + OneLine.of(file.toString()) + "\n");
    }
    return written && run.isFine() ? Main.DONE : Main.FAILED;
  }

  /**
   * Returns the name of the one backend that a word stands for here. One that is there is not
   * opened for that, since its failure belongs into the report.
   */
  private static String name(String asked) {
    boolean there =
        Norma.backends().stream().anyMatch(p -> p.available() && p.name().equals(asked));
    if (there) {
      return asked;
    }
    return asked.equals(AUTO) ? best() : opened(asked);
  }

  /** Auto itself would hide a device that fails behind the processor, so that it is not opened. */
  private static String best() {
    return Norma.backends().stream()
        .filter(probe -> probe.available() && probe.rank() >= 0)
        .max(Comparator.comparingInt(Probe::rank))
        .map(Probe::name)
        .orElseGet(() -> opened(AUTO));
  }

  private static String opened(String word) {
    try (Norma norma = Norma.open(word)) {
      return norma.backend();
    }
  }

  /** A colon has a meaning in the names of files of some systems. */
  private static String fileName(String name) {
    return "norma-check-" + name.replace(':', '-') + ".txt";
  }

  private interface Step {
    void run() throws IOException;
  }

  /** Does something about a file, and says so where it cannot be done. */
  private boolean done(Path file, Step step) {
    try {
      step.run();
      return true;
    } catch (IOException e) {
      Failure.print(err, file.toString(), e);
      return false;
    }
  }
}
