package dev.norma.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One case and its probe, taking turns: an iteration measures the probe, the next one the case, and
 * so on, on the same data in the same process. The probe is what the case is compared with, its
 * {@link Yardstick}. What else the machine does then slows down both, and their quotient means
 * something.
 *
 * <p>JMH's own mean over all iterations therefore means nothing; {@link ThroughputReport} takes the
 * iterations apart.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NormBenchmark {
  /** The name of the case. */
  @Param({""})
  public String name;

  /** The size of the data that is read from DRAM. */
  @Param({"0"})
  public long dramBytes;

  /** The size of each thread's data that is read from cache. */
  @Param({"0"})
  public int cacheBytes;

  /** How often data in cache is read in one invocation. */
  @Param({"0"})
  public int cachePasses;

  /** How long probe and case must have run without becoming faster before they are measured. */
  @Param({"0"})
  public long quietMillis;

  private Workload workload;
  private boolean probing;

  /** Tells of each iteration what was measured. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Turn {
    /** The number of invocations that were the probe's: all or none. */
    public long probes;

    /** Called by JMH. */
    public Turn() {}
  }

  /** Called by JMH. */
  public NormBenchmark() {}

  /** Prepares the data and waits until everything is compiled. */
  @Setup(Level.Trial)
  public void open() {
    workload = new Workload(Cases.named(name), new Sizes(dramBytes, cacheBytes, cachePasses));
    WarmUp.run(workload::probe, quietMillis);
    WarmUp.run(workload::compute, quietMillis);
  }

  /** Passes the turn, from the case to the probe or back. */
  @Setup(Level.Iteration)
  public void pass() {
    probing = !probing;
  }

  /** Releases the data. */
  @TearDown(Level.Trial)
  public void close() {
    workload.close();
  }

  /** Runs the case or its probe, whosever turn it is; returns what was read. */
  @Benchmark
  public long run(Turn turn) {
    if (probing) {
      turn.probes++;
      return workload.probe();
    }
    workload.compute();
    return workload.geometry().bytes();
  }

  Workload workload() {
    return workload;
  }
}
