package dev.norma.benchmarks;

import dev.norma.Batch;
import dev.norma.Norm;
import dev.norma.Norma;

/** Norms by this library, into a buffer of the caller. */
final class NormaComputation implements Computation {
  static final String SIMD = "cpu-simd";

  private static final String THREADS = "norma.threads";

  private final Norma norma;
  private final Norm norm;
  private final Batch batch;
  private final double[] out;

  /** The library must have been opened by {@link #open}; whoever opened it closes it. */
  NormaComputation(Norma norma, MeasuredNorm norm, Batch batch) {
    this.norma = norma;
    this.norm = norm.norm();
    this.batch = batch;
    this.out = new double[Math.toIntExact(batch.count())];
  }

  /** Opens the SIMD backend with so many threads. */
  static Norma open(int threads) {
    System.setProperty(THREADS, Integer.toString(threads));
    try {
      return open(SIMD);
    } finally {
      System.clearProperty(THREADS);
    }
  }

  /** Opens a backend, and no other in its place. */
  static Norma open(String backend) {
    Norma norma = Norma.open(backend);
    if (!norma.backend().equals(backend)) {
      throw new IllegalStateException("backend: " + norma.backend() + " ran, not " + backend);
    }
    return norma;
  }

  @Override
  public void run() {
    norma.norms(norm, batch, out, 0);
  }

  @Override
  public double[] results() {
    return out;
  }
}
