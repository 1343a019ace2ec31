package dev.norma.spi;

/**
 * What a backend computed: for each primitive of the plan and each vector the unevaluated sum hi +
 * lo. The lo is 0 wherever the primitive is not {@link Primitive#compensated compensated}; where hi
 * is not finite, lo means nothing. The arrays are written by the backend and read by the façade.
 */
public final class PlanResult {
  private final String backend;
  private final double[][] hi;
  private final double[][] lo;

  /** Makes room for the results that the backend of a name computes of a plan, all zero. */
  public PlanResult(Plan plan, String backend) {
    this.backend = backend;
    this.hi = new double[plan.primitives().size()][plan.count()];
    this.lo = new double[plan.primitives().size()][];
    for (int i = 0; i < lo.length; i++) {
      lo[i] = new double[plan.primitives().get(i).isSum() ? plan.count() : 0];
    }
  }

  /** Returns the name of the backend that computed them, of several with + between them. */
  public String backend() {
    return backend;
  }

  /** Returns the leading parts for primitive {@code i} of the plan, one a vector. */
  public double[] hi(int i) {
    return hi[i];
  }

  /** Returns the trailing parts for primitive {@code i}, one a vector; empty if it is no sum. */
  public double[] lo(int i) {
    return lo[i];
  }
}
