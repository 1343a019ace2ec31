package dev.norma.benchmarks;

import dev.norma.Norma;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The data of one case, with what computes on it and the probe that only reads it. */
final class Workload implements AutoCloseable {
  /** The probe's threads take so many elements at a time, so that none waits for another. */
  private static final int PART = 1 << 17;

  private static final long SEED = 20;

  private final Geometry geometry;
  private final Team team;
  private final Norma norma;
  private final List<Matrix> matrices = new ArrayList<>();
  private final List<Computation> computations = new ArrayList<>();
  private final long[] probed;

  Workload(Case c, Sizes sizes) {
    int threads = c.cores().threads();
    geometry = Geometry.of(c, sizes);
    team = new Team(threads);
    norma = c.contender() == Contender.NORMA ? NormaComputation.open(threads) : null;
    probed = new long[threads];
    for (int i = 0; i < geometry.matrices(); i++) {
      Matrix matrix = Matrix.random(c, geometry, SEED + i);
      matrices.add(matrix);
      computations.add(
          switch (c.contender()) {
            case NORMA -> new NormaComputation(norma, c.norm(), matrix);
            case ND4J -> new Nd4jComputation(c.norm(), matrix, threads);
            case LOOP -> new LoopComputation(matrix);
          });
    }
  }

  Geometry geometry() {
    return geometry;
  }

  List<Matrix> matrices() {
    return matrices;
  }

  List<Computation> computations() {
    return computations;
  }

  /** Computes the norms of every matrix, as often as the geometry says. */
  void compute() {
    if (computations.size() == 1) {
      compute(0);
    } else {
      team.run(this::compute);
    }
  }

  private void compute(int matrix) {
    Computation computation = computations.get(matrix);
    for (int pass = 0; pass < geometry.passes(); pass++) {
      computation.run();
    }
  }

  /**
   * Reads the same memory as often as {@link #compute()} does.
   *
   * @return the sum over all matrices and passes of the exclusive or of a matrix's elements
   */
  long probe() {
    return matrices.size() == 1 && geometry.passes() == 1 ? probeTogether() : probeEach();
  }

  private long probeTogether() {
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
          probed[thread] = xor;
        });
    long xor = 0;
    for (long part : probed) {
      xor ^= part;
    }
    return xor;
  }

  private long probeEach() {
    team.run(
        thread -> {
          Object array = matrices.get(thread).elements().array();
          long sum = 0;
          for (int pass = 0; pass < geometry.passes(); pass++) {
            sum += Probe.xor(array, 0, geometry.elements());
          }
          probed[thread] = sum;
        });
    long sum = 0;
    for (long part : probed) {
      sum += part;
    }
    return sum;
  }

  @Override
  public void close() {
    computations.forEach(Computation::close);
    team.close();
    if (norma != null) {
      norma.close();
    }
  }
}
