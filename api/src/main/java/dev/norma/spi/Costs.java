package dev.norma.spi;

/**
 * What a backend was measured to take for its work; rates are in bytes of elements a second.
 *
 * @param copyIn the rate of copies to the device, infinite for a backend without one
 * @param copyOut the rate of copies from the device, infinite for a backend without one
 * @param light the rate of a primitive that memory bounds: {@link Primitive#SQUARE_SUM}
 * @param heavy the rate of a primitive that arithmetic bounds: {@link Primitive.Kind#POW_SUM}
 * @param launch the seconds that the smallest plan takes
 */
public record Costs(double copyIn, double copyOut, double light, double heavy, double launch) {
  /** Tells whether elements in host memory are copied before they are computed from. */
  public boolean copies() {
    return Double.isFinite(copyIn);
  }

  /** Predicts the seconds that a plan takes whose elements are in host memory. */
  public double seconds(Plan plan) {
    double bytes = plan.bytes();
    long powers =
        plan.primitives().stream().filter(p -> p.kind() == Primitive.Kind.POW_SUM).count();
    long sums = plan.primitives().stream().filter(Primitive::isSum).count();
    double results = (double) plan.count() * Double.BYTES * (plan.primitives().size() + sums);
    double pass = powers == 0 ? bytes / light : powers * bytes / heavy;
    return launch + bytes / copyIn + pass + results / copyOut;
  }

  /** Predicts the seconds of a light and a heavy primitive of elements that need no copy. */
  public double residentSeconds(long bytes) {
    return 2 * launch + bytes / light + bytes / heavy;
  }
}
