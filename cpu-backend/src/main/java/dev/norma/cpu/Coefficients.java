package dev.norma.cpu;

import static dev.norma.cpu.Species.WIDTH;

import dev.norma.spi.MapPlan;
import dev.norma.spi.PowerScale;
import java.util.Arrays;

/**
 * The coefficients of a plan as kernels load them: for element i of what they are given, a vector
 * of them lies {@code i * step()} behind the first. So one loop serves elements of one vector and
 * those of neighbouring vectors. Where there are {@link ShortMultiple}s, two more follow, the head
 * of a factor and its rest, or NaN where a vector has no such factor.
 */
final class Coefficients {
  /** Which one is the head of the factor of a {@link ShortMultiple}. */
  static final int HEAD = 4;

  /** Which one is the rest of the factor. */
  static final int REST = 5;

  private final double[][] values;
  private final int step;

  private Coefficients(double[][] values, int step) {
    this.values = values;
    this.step = step;
  }

  /** Makes room for those of one vector after the other. */
  static Coefficients ofOne(MapPlan plan) {
    return new Coefficients(new double[count(plan)][WIDTH], 0);
  }

  /** Takes those of all vectors, one after the other, so that a kernel can read beyond the last. */
  static Coefficients ofAll(MapPlan plan) {
    double[][] values = new double[count(plan)][];
    for (int k = 0; k < plan.map().kind().coefficients(); k++) {
      values[k] = Arrays.copyOf(plan.coefficients(k), plan.count() + WIDTH);
    }
    if (ShortMultiple.areWritten(plan)) {
      values[HEAD] = new double[plan.count() + WIDTH];
      values[REST] = new double[plan.count() + WIDTH];
      for (int vector = 0; vector < plan.count(); vector++) {
        boolean fits = hasFactor(plan, vector);
        values[HEAD][vector] = fits ? ShortMultiple.head(values[0][vector]) : Double.NaN;
        values[REST][vector] = fits ? ShortMultiple.rest(values[0][vector]) : Double.NaN;
      }
    }
    return new Coefficients(values, 1);
  }

  private static int count(MapPlan plan) {
    return plan.map().kind().coefficients() + (ShortMultiple.areWritten(plan) ? 2 : 0);
  }

  private static boolean hasFactor(MapPlan plan, int vector) {
    return ShortMultiple.fits(
        plan.coefficients(0)[vector], plan.coefficients(2)[vector], plan.coefficients(3)[vector]);
  }

  /** Turns to those of a vector. */
  void moveTo(MapPlan plan, int vector) {
    for (int k = 0; k < plan.map().kind().coefficients(); k++) {
      Arrays.fill(values[k], plan.coefficients(k)[vector]);
    }
    if (ShortMultiple.areWritten(plan)) {
      boolean fits = hasFactor(plan, vector);
      Arrays.fill(values[HEAD], fits ? ShortMultiple.head(values[0][0]) : Double.NaN);
      Arrays.fill(values[REST], fits ? ShortMultiple.rest(values[0][0]) : Double.NaN);
    }
  }

  /** Makes room for one scale of powers after the other, which come last in all plans. */
  static Coefficients ofScale() {
    return new Coefficients(new double[3][WIDTH], 0);
  }

  /** Turns to a scale. */
  void moveTo(PowerScale scale) {
    Arrays.fill(values[0], scale.mantissa());
    Arrays.fill(values[1], scale.rest());
    Arrays.fill(values[2], scale.exponent());
  }

  /** Returns a coefficient. */
  double[] get(int k) {
    return values[k];
  }

  /** Returns how many there are for a vector. */
  int count() {
    return values.length;
  }

  /** Returns 0 where all elements have the same, 1 where each has its own. */
  int step() {
    return step;
  }
}
