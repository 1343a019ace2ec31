package dev.norma.cpu;

import static dev.norma.cpu.Species.WIDTH;

import dev.norma.spi.MapPlan;
import dev.norma.spi.PowerScale;
import java.util.Arrays;

/**
 * The coefficients of a plan as kernels load them: for element i of what they are given, a vector
 * of them lies {@code i * step()} behind the first. So one loop serves elements of one vector and
 * those of neighbouring vectors.
 */
final class Coefficients {
  private final double[][] values;
  private final int step;

  private Coefficients(double[][] values, int step) {
    this.values = values;
    this.step = step;
  }

  /** Makes room for those of one vector after the other. */
  static Coefficients ofOne(MapPlan plan) {
    return new Coefficients(new double[plan.map().kind().coefficients()][WIDTH], 0);
  }

  /** Takes those of all vectors, one after the other, so that a kernel can read beyond the last. */
  static Coefficients ofAll(MapPlan plan) {
    double[][] values = new double[plan.map().kind().coefficients()][];
    for (int k = 0; k < values.length; k++) {
      values[k] = Arrays.copyOf(plan.coefficients(k), plan.count() + WIDTH);
    }
    return new Coefficients(values, 1);
  }

  /** Turns to those of a vector. */
  void moveTo(MapPlan plan, int vector) {
    for (int k = 0; k < values.length; k++) {
      Arrays.fill(values[k], plan.coefficients(k)[vector]);
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
