package dev.norma.conformance;

import dev.norma.ElementType;
import dev.norma.Norm;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One vector times each power of two that leaves all of its elements in a type, exactly. */
public final class Sweep {
  private static final int MOST = 1100;

  private final ElementType type;
  private final Placement placement;
  private final double[] vector;
  private final List<Norm> norms;
  private final List<Integer> powers = new ArrayList<>();

  private Sweep(ElementType type, int length, Placement placement, List<Norm> far) {
    this.type = type;
    this.placement = placement;
    this.vector = vector(length);
    this.norms = Stream.concat(Norms.ALL.stream(), far.stream()).toList();
    for (int power = -MOST; power <= MOST; power++) {
      if (isExact(power)) {
        powers.add(power);
      }
    }
  }

  /** Returns the sweeps of a type: vectors of several lengths, as rows and as columns. */
  public static List<Sweep> of(ElementType type) {
    List<Norm> moderate =
        Norms.FAR_POWERS.stream().filter(norm -> Math.abs(Norms.exponent(norm)) > 1).toList();
    return List.of(
        new Sweep(type, 2, Placement.ROWS, List.of(Norm.lp(0.001), Norm.lp(-1e-3))),
        new Sweep(type, 7, Placement.ROWS, moderate),
        new Sweep(type, 45, Placement.COLUMNS, moderate));
  }

  private static double[] vector(int length) {
    double[] vector = new double[length];
    Seeded random = new Seeded(length);
    for (int i = 0; i < length; i++) {
      vector[i] = Math.scalb(8 + random.below(8), -random.below(5)) * (i % 3 == 0 ? -1 : 1);
    }
    return vector;
  }

  private boolean isExact(int power) {
    Format format = Format.of(type);
    for (double x : vector) {
      double scaled = Math.scalb(x, power);
      if (Math.abs(scaled) > format.largest()
          || !format.holds(scaled)
          || Math.scalb(scaled, -power) != x) {
        return false;
      }
    }
    return true;
  }

  /** Returns the vectors as a case. */
  public Case what() {
    String name = "sweep of " + vector.length;
    return new Case(name, type, placement, Memory.ARRAY, this::vectors);
  }

  private double[][] vectors() {
    double[][] vectors = new double[powers.size()][vector.length];
    for (int i = 0; i < vectors.length; i++) {
      for (int j = 0; j < vector.length; j++) {
        vectors[i][j] = Math.scalb(vector[j], powers.get(i));
      }
    }
    return vectors;
  }

  /** Returns the norms that the vectors are meant for. */
  public List<Norm> norms() {
    return norms;
  }

  /** Returns the power of each vector. */
  List<Integer> powers() {
    return powers;
  }
}
