package dev.norma.benchmarks;

/** The gradients of L2 norms as one writes them without help: all norms, then all quotients. */
final class TwoPassComputation implements Computation {
  private final Computation norms;
  private final float[] from;
  private final float[] to;
  private final int width;
  private final Team team;

  TwoPassComputation(Computation norms, Matrix matrix, Matrix target, Team team) {
    this.norms = norms;
    this.from = (float[]) matrix.elements().array();
    this.to = (float[]) target.elements().array();
    this.width = matrix.shape().width();
    this.team = team;
  }

  @Override
  public void run() {
    norms.run();
    double[] values = norms.results();
    team.run(
        thread -> {
          int first = (int) ((long) values.length * thread / team.threads());
          int end = (int) ((long) values.length * (thread + 1) / team.threads());
          for (int row = first; row < end; row++) {
            divide(row * width, 1 / values[row]);
          }
        });
  }

  private void divide(int start, double reciprocal) {
    for (int i = start; i < start + width; i++) {
      to[i] = (float) (from[i] * reciprocal);
    }
  }

  @Override
  public double[] results() {
    return norms.results();
  }
}
