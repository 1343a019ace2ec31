package dev.norma.cli;

import dev.norma.BackendUnavailableException;
import dev.norma.conformance.check.Check;
import dev.norma.conformance.check.Checks;
import dev.norma.conformance.check.Outcome;
import dev.norma.conformance.check.Side;
import dev.norma.conformance.check.Tally;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Compares a backend with the scalar one, measures it, and keeps what came of it. */
final class CheckRun {
  /** What every backend has to equal. */
  static final String PEER = "cpu-scalar";

  private final String backend;
  private final boolean quick;
  private final PrintStream err;
  private final Tally tally = new Tally();
  private final List<Throughput> speeds = new ArrayList<>();
  private long nanos;

  CheckRun(String backend, boolean quick, PrintStream err) {
    this.backend = backend;
    this.quick = quick;
    this.err = err;
  }

  /**
   * Runs everything; a case that fails is counted, and the next one run.
   *
   * @return this
   * @throws IllegalArgumentException if a setting makes no sense
   * @throws dev.norma.BackendUnavailableException if one of the backends is not available
   */
  CheckRun run() {
    long start = System.nanoTime();
    try (Side tested = Side.open(backend);
        Side peer = Side.open(PEER)) {
      compare(tested, peer);
      measure(tested);
    } catch (BackendUnavailableException | IllegalArgumentException e) {
      throw e;
    } catch (RuntimeException | LinkageError e) {
      tally.add(Outcome.failed("opening and closing " + backend, e));
    }
    nanos = System.nanoTime() - start;
    return this;
  }

  private void compare(Side tested, Side peer) {
    List<Check> checks = quick ? Checks.quick() : Checks.all();
    try (Progress progress = Progress.ofSteps(checks.size(), backend, err)) {
      for (Check check : checks) {
        progress.begin(check.name());
        tally.add(Outcome.of(check, tested, peer));
        progress.counter().increment();
      }
    }
  }

  private void measure(Side tested) {
    Effort effort = quick ? Effort.ROUGH : Effort.CAREFUL;
    try (Progress progress = Progress.ofSteps(Measuring.STEPS, backend, err)) {
      speeds.addAll(new Measuring(tested.backend(), effort, progress, tally).run());
    }
  }

  String backend() {
    return backend;
  }

  boolean quick() {
    return quick;
  }

  /** Returns what came of the cases. */
  Tally tally() {
    return tally;
  }

  /** Returns what was measured. */
  List<Throughput> speeds() {
    return speeds;
  }

  double seconds() {
    return nanos * 1e-9;
  }

  /** Tells whether some case is equal, and none differs or failed. */
  boolean isFine() {
    return tally.isFine();
  }
}
