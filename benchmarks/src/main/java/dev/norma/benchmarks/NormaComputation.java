package dev.norma.benchmarks;

import dev.norma.Batch;
import dev.norma.Norm;
import dev.norma.Norma;

/** Norms by this library, into a buffer of the caller. */
final class NormaComputation implements Computation {
  private static final String THREADS = "norma.threads";
  private static final String BACKEND = "cpu-simd";

  private final Norma norma;
  private final Norm norm;
  private final Batch batch;
  private final double[] out;

  /** The library must have been opened by {@link #open}; whoever opened it closes it. */
  NormaComputation(Norma norma, MeasuredNorm norm, Matrix matrix) {
    this.norma = norma;
    this.norm = norm.norm();
    this.batch = matrix.batch();
    this.out = new double[matrix.count()];
  }

  /** Opens the SIMD backend with so many threads. */
  static Norma open(int threads) {
    System.setProperty(THREADS, Integer.toString(threads));
    try {
      Norma norma = Norma.open(BACKEND);
      if (!norma.backend().equals(BACKEND)) {
        throw new IllegalStateException("backend: " + norma.backend() + " ran, not " + BACKEND);
      }
      return norma;
    } finally {
      System.clearProperty(THREADS);
    }
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
