package dev.norma.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Prints, for each case, how many bytes a second it reads, and which part that is of what a loop
 * reads that does nothing else; for cases on a device, of what {@code cpu-simd} reads that computes
 * the same norms with all threads. General powers read their elements twice, which counts once.
 *
 * <pre>ThroughputReport [--quick] [--include REGEX]</pre>
 *
 * <p>{@code --include} takes the cases in whose names ({@code norma/L2/f32/rows-768/dram/1-thread})
 * the expression is found. {@code --quick} measures in one process for a short time each, and
 * without {@code --include} a part of the cases. The property {@code norma.benchmark.mib} sets the
 * size of the data in DRAM, 512 by default, of which general powers take a sixteenth; {@code
 * norma.benchmark.device} the device, {@code opencl:0} by default. Where that device is missing, a
 * line says so, and its cases are left out.
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
    List<Case> cases = available(request.cases(), out);
    out.println();
    out.println(Table.header());
    Measurer measurer = new Measurer(request.effort(), sizes);
    for (Case c : cases) {
      out.println(Table.row(c, measurer.measure(c)));
    }
  }

  /** Leaves out the cases whose device is missing, and says so. */
  private static List<Case> available(List<Case> cases, PrintStream out) {
    List<Case> onCpu = cases.stream().filter(c -> !c.contender().isOnDevice()).toList();
    int onDevice = cases.size() - onCpu.size();
    Optional<String> missing = onDevice == 0 ? Optional.empty() : MeasuredDevice.missing();
    missing.ifPresent(why -> out.printf("left out: %d cases on a device: %s%n", onDevice, why));
    return missing.isPresent() ? onCpu : cases;
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
