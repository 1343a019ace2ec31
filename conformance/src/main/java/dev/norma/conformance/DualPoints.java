package dev.norma.conformance;

import dev.norma.ElementType;
import java.util.ArrayList;
import java.util.List;

/**
 * Vectors, and a direction for each: some where all norms are smooth, and some with zeros and ties,
 * where some norms have derivatives in some directions.
 */
final class DualPoints {
  private static final int LENGTH = 5;

  /** Vectors with an element 0 that moves, with some that stay, and with ties that move alike. */
  private static final List<double[][]> SPECIAL =
      List.of(
          new double[][] {{1.5, 0, -2, -0.0, 0.5}, {1, -1, 0.5, 0.25, 2}},
          new double[][] {{1.5, 0, -2, -0.0, 0.5}, {1, 0, 0.5, 0, 2}},
          new double[][] {{2, -2, 1, -2, -1}, {0.5, -0.5, -1, -0.5, 1}});

  private final double[][] x;
  private final double[][] v;

  private DualPoints(double[][] x, double[][] v) {
    this.x = x;
    this.v = v;
  }

  /** Returns points of the numbers of a type. */
  static DualPoints of(ElementType type) {
    List<double[]> x = new ArrayList<>(List.of(Family.NORMAL.vectors(type, 4, LENGTH, 5)));
    x.add(Family.SMALL_SQUARES.vectors(type, 1, LENGTH, 1)[0]);
    x.add(Family.LARGE_SQUARES.vectors(type, 1, LENGTH, 1)[0]);
    List<double[]> v = new ArrayList<>(List.of(Family.NORMAL.vectors(type, x.size(), LENGTH, 6)));
    for (double[][] special : SPECIAL) {
      x.add(special[0]);
      v.add(special[1]);
    }
    return new DualPoints(x.toArray(double[][]::new), v.toArray(double[][]::new));
  }

  /** Returns the vectors. */
  double[][] x() {
    return x;
  }

  /** Returns the directions. */
  double[][] v() {
    return v;
  }

  int count() {
    return x.length;
  }

  /** Shows a point and its direction. */
  String show(int i) {
    return ", " + Bits.show(x[i]) + " along " + Bits.show(v[i]);
  }
}
