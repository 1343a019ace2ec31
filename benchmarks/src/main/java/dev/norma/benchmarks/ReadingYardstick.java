package dev.norma.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongBinaryOperator;

/** Reads the same memory as often as the case does, by as many threads, and does nothing else. */
final class ReadingYardstick implements Yardstick {
  /** The threads take so many elements at a time, so that none waits for another. */
  private static final int PART = 1 << 17;

  private final Geometry geometry;
  private final List<Matrix> matrices;
  private final Team team;
  private final long[] read;

  ReadingYardstick(Geometry geometry, List<Matrix> matrices, Team team) {
    this.geometry = geometry;
    this.matrices = matrices;
    this.team = team;
    this.read = new long[team.threads()];
  }

  /** Returns the sum over all matrices and passes of the exclusive or of a matrix's elements. */
  @Override
  public long run() {
    return matrices.size() == 1 && geometry.passes() == 1 ? together() : each();
  }

  private long together() {
    Object array = matrices.get(0).elements().array();
    int length = geometry.elements();
    int parts = (length + PART - 1) / PART;
    AtomicInteger next = new AtomicInteger();
    team.run(
        thread -> {
          long xor = 0;
          for (int p = next.getAndIncrement(); p < parts; p = next.getAndIncrement()) {
            int from = p * PART;
            xor ^= Probe.xor(array, from, Math.min(length - from, PART) + from);
          }
          read[thread] = xor;
        });
    return reduce((a, b) -> a ^ b);
  }

  private long each() {
    team.run(
        thread -> {
          Object array = matrices.get(thread).elements().array();
          long sum = 0;
          for (int pass = 0; pass < geometry.passes(); pass++) {
            sum += Probe.xor(array, 0, geometry.elements());
          }
          read[thread] = sum;
        });
    return reduce(Long::sum);
  }

  private long reduce(LongBinaryOperator operator) {
    return Arrays.stream(read).reduce(0, operator);
  }
}
