package dev.norma.conformance;

import dev.norma.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The values at which implementations of norms are known to go wrong, for every element type. */
public final class Extremes {
  private static final double NAN_WITH_PAYLOAD = Double.longBitsToDouble(0x7FF8_1234_0000_0001L);
  private static final double NEGATIVE_NAN = Double.longBitsToDouble(0xFFFF_F000_0000_0000L);
  private static final double SIGNALLING_NAN = Double.longBitsToDouble(0x7FF2_0000_0000_0000L);

  private Extremes() {}

  /** Returns them all: zeros, limits, thresholds and their neighbours, infinities and NaNs. */
  public static double[] of(ElementType type) {
    Format format = Format.of(type);
    List<Double> values = new ArrayList<>(finite(format));
    values.addAll(List.of(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN));
    values.addAll(List.of(NAN_WITH_PAYLOAD, NEGATIVE_NAN, SIGNALLING_NAN));
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Returns the finite ones. */
  private static List<Double> finite(Format format) {
    double smallest = format.smallest();
    double normal = format.smallestNormal();
    double ulp = format.ulpOfOne();
    double largest = format.largest();
    List<Double> values = new ArrayList<>();
    values.addAll(List.of(0.0, -0.0, smallest, -smallest, 3 * smallest, normal - smallest));
    values.addAll(List.of(normal, -normal, normal * (1 + ulp)));
    values.addAll(List.of(1 - ulp / 2, 1.0, -1.0, 1 + ulp, 1.5, largest / 2, largest, -largest));
    values.addAll(around(Math.scalb(1.0, format.minExponent() / 2), ulp));
    values.addAll(around(Math.scalb(1.0, (format.maxExponent() + 1) / 2), ulp));
    if (format.type() == ElementType.F64) {
      values.addAll(thresholds());
    }
    return values.stream().map(format::nearest).distinct().toList();
  }

  /** Squares of these meet the limits of binary64, and sums of squares those of the fast pass. */
  private static List<Double> thresholds() {
    return Arrays.asList(
        0x1p-538, 0x1.fp-538, 0x1p-537, 0x1p-485, 0x1p-451, 0x1p-450, 0x1p511, 0x1.6p511, 0x1p510);
  }

  private static List<Double> around(double x, double ulp) {
    return List.of(x * (1 - ulp / 2), x, x * (1 + ulp));
  }

  /** Returns every ordered pair as a vector of two. */
  public static double[][] pairs(ElementType type) {
    double[] values = of(type);
    double[][] pairs = new double[values.length * values.length][];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = new double[] {values[i / values.length], values[i % values.length]};
    }
    return pairs;
  }

  /** Returns binary64 numbers whose squares sum to a pair of finite parts beyond all numbers. */
  static double[] partsOverflow() {
    double[] vector = new double[129];
    vector[0] = 0x1.fffffffffffffp511;
    for (int i = 32; i < vector.length; i += 32) {
      vector[i] = Math.scalb(0.97, 485); // each less than half an ulp beside the first
    }
    return vector;
  }

  /** Returns binary32 numbers whose squares sum to 2^54 − 2: its root is 2^27 less half an ulp. */
  static double[] rootHalfway() {
    return new double[] {134217720, 46340, 296, 19, 2, 1};
  }

  /** Returns vectors of ordinary numbers with one of the values first, in the middle, and last. */
  public static double[][] hidden(ElementType type, int length, long seed) {
    double[] values = of(type);
    int[] places = {0, length / 2, length - 1};
    double[][] vectors = Family.NORMAL.vectors(type, values.length * places.length, length, seed);
    for (int i = 0; i < vectors.length; i++) {
      vectors[i][places[i % places.length]] = values[i / places.length];
    }
    return vectors;
  }

  /** Returns vectors with a NaN at one place and an infinity at another, for each two places. */
  public static double[][] nanBesideInfinity(ElementType type, int length, int... places) {
    List<double[]> vectors = new ArrayList<>();
    for (int nan : places) {
      for (int infinity : places) {
        double[] vector = Family.NORMAL.vector(type, length, new Seeded(nan * 31L + infinity));
        vector[infinity] = Double.POSITIVE_INFINITY;
        vector[nan] = NEGATIVE_NAN;
        vectors.add(vector);
      }
    }
    return vectors.toArray(double[][]::new);
  }
}
