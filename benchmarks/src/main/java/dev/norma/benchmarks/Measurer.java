package dev.norma.benchmarks;

import dev.norma.benchmarks.Measurement.Pair;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Has JMH run cases in processes of their own and takes its results apart. */
final class Measurer {
  /**
   * Memory is slow when it is touched for the first time: a small heap for what is short-lived, and
   * a collector that uses it over and over, leave that behind in the warm-up, as it is in a program
   * that runs for long.
   */
  private static final String[] JVM_ARGS = {
    "-Xms6g",
    "-Xmx6g",
    "-Xmn256m",
    "-XX:+UseParallelGC",
    "--add-modules=jdk.incubator.vector",
    "--enable-native-access=ALL-UNNAMED",
    "-D" + MeasuredDevice.PROPERTY + "=" + MeasuredDevice.BACKEND
  };

  private final Effort effort;
  private final Sizes sizes;

  Measurer(Effort effort, Sizes sizes) {
    this.effort = effort;
    this.sizes = sizes;
  }

  /**
   * Measures one case.
   *
   * @throws RunnerException if it failed in its process; the message has what that printed
   */
  Measurement measure(Case c) throws RunnerException {
    RunResult result = run(c);
    List<Pair> pairs = new ArrayList<>();
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      pairs.addAll(pairs(fork.getIterationResults()));
    }
    return new Measurement(Geometry.of(c, sizes).bytes(), pairs);
  }

  /** Keeps what JMH and its processes print for the case that something fails. */
  private RunResult run(Case c) throws RunnerException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream sink = new PrintStream(printed, true, StandardCharsets.UTF_8);
    try {
      OutputFormat format = OutputFormatFactory.createFormatInstance(sink, VerboseMode.NORMAL);
      return new Runner(options(c), format).runSingle();
    } catch (RunnerException e) {
      String all = printed.toString(StandardCharsets.UTF_8);
      throw new RunnerException(c + " failed; its process printed:\n" + all, e);
    }
  }

  private Options options(Case c) {
    return new OptionsBuilder()
        .include("^" + NormBenchmark.class.getName().replace(".", "\\.") + "\\.run$")
        .param("name", c.toString())
        .param("dramBytes", Long.toString(sizes.dramBytes()))
        .param("cacheBytes", Integer.toString(sizes.cacheBytes()))
        .param("cachePasses", Integer.toString(sizes.cachePasses()))
        .param("quietMillis", Integer.toString(effort.quietMillis()))
        .forks(effort.forks())
        .warmupIterations(2)
        .warmupTime(TimeValue.milliseconds(effort.turnMillis()))
        .measurementIterations(2 * effort.pairs())
        .measurementTime(TimeValue.milliseconds(effort.turnMillis()))
        .jvmArgs(JVM_ARGS)
        .shouldFailOnError(true)
        .build();
  }

  /** Each iteration says whose turn it was; they take turns, the probe first. */
  private static List<Pair> pairs(Collection<IterationResult> iterations) {
    List<Pair> pairs = new ArrayList<>();
    double probe = Double.NaN;
    for (IterationResult iteration : iterations) {
      double nanos = iteration.getPrimaryResult().getScore();
      if (iteration.getSecondaryResults().get("probes").getScore() > 0) {
        probe = nanos;
      } else {
        pairs.add(new Pair(probe, nanos));
      }
    }
    return pairs;
  }
}
