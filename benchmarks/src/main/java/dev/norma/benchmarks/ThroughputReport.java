package dev.norma.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Prints, for each case, how many bytes a second it reads, and which part that is of what a loop
 * reads that does nothing else.
 *
 * <pre>ThroughputReport [--quick] [--include REGEX]</pre>
 *
 * <p>{@code --include} takes the cases in whose names ({@code norma/L2/f32/rows-768/dram/1-thread})
 * the expression is found. {@code --quick} measures in one process for a short time each, and
 * without {@code --include} a part of the cases. The property {@code norma.benchmark.mib} sets the
 * size of the data in DRAM, 512 by default.
 */
public final class ThroughputReport {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private ThroughputReport() {}

  /** Runs the report; ends with 1 if a case failed, and with 2 if the words make no sense. */
  public static void main(String[] args) {
    try {
      run(Request.parse(args), Sizes.configured(), System.out);
    } catch (IllegalArgumentException e) {
      fail(e.getMessage(), 2);
    } catch (RunnerException e) {
      fail(e.toString(), 1);
    }
  }

  /** Measures all cases and prints each row as soon as it is known. */
  static void run(Request request, Sizes sizes, PrintStream out) throws RunnerException {
    out.println(conditions(request, sizes));
    out.println();
    out.println(Table.header());
    Measurer measurer = new Measurer(request.effort(), sizes);
    for (Case c : request.cases()) {
      out.println(Table.row(c, measurer.measure(c)));
    }
  }

  private static String conditions(Request request, Sizes sizes) {
    Effort effort = request.effort();
    return String.format(
        "%s, %d processors, Java %s; %d MiB in DRAM, %d KiB a thread in cache; medians of %d pairs of"
            + " turns in %d process%s",
        processor(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        sizes.dramBytes() >> 20,
        sizes.cacheBytes() >> 10,
        effort.forks() * effort.pairs(),
        effort.forks(),
        effort.forks() == 1 ? "" : "es");
  }

  /** Returns the name of the processor where Linux tells it, or else its kind. */
  private static String processor() {
    try {
      return Files.readAllLines(CPU_INFO).stream()
          .filter(line -> line.startsWith("model name"))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }

  private static void fail(String reason, int code) {
    System.err.println("benchmark: " + reason);
    System.exit(code);
  }
}
