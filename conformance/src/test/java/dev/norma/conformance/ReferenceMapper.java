package dev.norma.conformance;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.spi.MapPlan;
import dev.norma.spi.PairSums;

/** Writes and sums functions of one element after the other, by the {@link ReferenceMap}. */
final class ReferenceMapper {
  private static final double OTHER_NAN = Double.longBitsToDouble(0xFFF8_0000_0000_0000L);

  private final MapFault fault;
  private final MapPlan plan;

  ReferenceMapper(MapFault fault, MapPlan plan) {
    this.fault = fault;
    this.plan = plan;
  }

  private static long position(Batch batch, int vector, int i) {
    return batch.layout().start(vector) + batch.layout().elements(vector).offset(i);
  }

  private static double read(Batch batch, int vector, int i) {
    return batch == null ? 0 : batch.elements().get(position(batch, vector, i));
  }

  private double value(int vector, int i, boolean ofTwo) {
    double[] c = new double[plan.map().kind().coefficients()];
    for (int k = 0; k < c.length; k++) {
      c[k] = plan.coefficients(k)[fault == MapFault.FIRST_COEFFICIENTS ? 0 : vector];
    }
    double w = ofTwo ? read(plan.second(), vector, i) : 0;
    boolean asItIs = plan.out() != null && !plan.adds();
    return fault.value(
        plan.map(), c, read(plan.x(), vector, i), w, asItIs ? plan.out().type() : null);
  }

  void write() {
    for (int vector = 0; vector < plan.count(); vector++) {
      for (int i = 0; i < plan.x().length(vector); i++) {
        if (fault.writes(i)) {
          write(vector, i);
        }
      }
    }
  }

  private void write(int vector, int i) {
    Batch out = plan.out();
    double value = value(vector, i, plan.map().ofTwo());
    if (plan.adds() && fault != MapFault.ADD_IGNORED) {
      value += read(out, vector, i);
    }
    ElementType type = out.type();
    Format format = Format.of(type);
    double written = fault == MapFault.ROUNDED_ONCE ? once(format, value) : format.written(value);
    if (Double.isNaN(value)) {
      written = fault == MapFault.NAN_BITS ? OTHER_NAN : Double.NaN;
    }
    format.write(out.elements().segment(), position(out, vector, i), written);
  }

  private static double once(Format format, double value) {
    return Math.abs(value) < format.largest() ? format.nearest(value) : format.written(value);
  }

  PairSums sum() {
    PairSums sums = new PairSums(plan.count());
    for (int vector = 0; vector < plan.count(); vector++) {
      ReferenceOrder.Sum sum = ReferenceOrder.ofTerms(terms(vector));
      sums.hi()[vector] = fault == MapFault.PLAIN_SUMS ? sum.hi() + sum.lo() : sum.hi();
      sums.lo()[vector] = fault == MapFault.PLAIN_SUMS ? 0 : sum.lo();
    }
    return sums;
  }

  private ReferenceOrder.Sum[] terms(int vector) {
    ReferenceOrder.Sum[] terms = new ReferenceOrder.Sum[(int) plan.x().length(vector)];
    for (int i = 0; i < terms.length; i++) {
      double y = value(vector, i, false);
      double w = plan.second() == null ? 1 : read(plan.second(), vector, i);
      double q = y * w;
      double error = fault == MapFault.PRODUCTS_ROUNDED ? 0 : Math.fma(y, w, -q);
      terms[i] = new ReferenceOrder.Sum(q, error);
    }
    return terms;
  }
}
