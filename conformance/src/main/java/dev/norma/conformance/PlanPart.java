package dev.norma.conformance;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Norm;
import dev.norma.spi.Plan;
import dev.norma.spi.Primitive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Primitives of some of the vectors of a case, with scales or without: one plan. */
public final class PlanPart {
  private static final List<Primitive> UNSCALED =
      List.of(
          Primitive.SQUARE_SUM,
          Primitive.NONZERO_COUNT,
          Primitive.ABS_MIN,
          Primitive.ABS_SUM,
          Primitive.ABS_MAX);
  private static final List<Primitive> SCALED = List.of(Primitive.ABS_SUM, Primitive.SQUARE_SUM);

  private final int from;
  private final int to;
  private final List<Primitive> primitives;
  private final double[] scales;

  private PlanPart(int from, int to, List<Primitive> primitives, double[] scales) {
    this.from = from;
    this.to = to;
    this.primitives = primitives;
    this.scales = scales;
  }

  /** Returns all primitives without scales and with them, and the powers of some norms. */
  public static List<PlanPart> of(ElementType type, double[][] vectors, List<Norm> norms) {
    List<PlanPart> parts = new ArrayList<>();
    parts.add(new PlanPart(0, vectors.length, UNSCALED, null));
    if (type == ElementType.F64) {
      parts.add(new PlanPart(0, vectors.length, SCALED, powersOfTwo(vectors)));
    }
    double[] exponents =
        norms.stream().filter(Norms::isPower).mapToDouble(Norms::exponent).toArray();
    parts.addAll(powers(vectors, Arrays.stream(exponents).filter(p -> p > 0).toArray()));
    parts.addAll(powers(vectors, Arrays.stream(exponents).filter(p -> p < 0).toArray()));
    return parts;
  }

  /** Scales near the largest element, at either limit, and one that is of no help. */
  private static double[] powersOfTwo(double[][] vectors) {
    double[] scales = new double[vectors.length];
    for (int i = 0; i < scales.length; i++) {
      double largest = pivot(vectors[i], true);
      int exponent = Double.isFinite(largest) ? Math.getExponent(largest) : 0;
      int[] choices = {exponent, exponent, 1022, -1021, 3};
      scales[i] = Math.scalb(1.0, Math.clamp(choices[i % choices.length], -1021, 1022));
    }
    return scales;
  }

  /** Powers are only ever asked of vectors with a finite scale; others are cut out. */
  private static List<PlanPart> powers(double[][] vectors, double[] exponents) {
    List<PlanPart> parts = new ArrayList<>();
    if (exponents.length == 0) {
      return parts;
    }
    List<Primitive> primitives = Arrays.stream(exponents).mapToObj(Primitive::powSum).toList();
    double[] scales = new double[vectors.length];
    Arrays.setAll(scales, i -> pivot(vectors[i], exponents[0] > 0));
    for (int from = 0, to; from < scales.length; from = to) {
      boolean ordinary = ordinary(scales[from]);
      for (to = from + 1; to < scales.length && ordinary(scales[to]) == ordinary; to++) {}
      if (ordinary) {
        parts.add(new PlanPart(from, to, primitives, Arrays.copyOfRange(scales, from, to)));
      }
    }
    return parts;
  }

  private static boolean ordinary(double scale) {
    return scale > 0 && Double.isFinite(scale);
  }

  private static double pivot(double[] vector, boolean largest) {
    Primitive primitive = largest ? Primitive.ABS_MAX : Primitive.ABS_MIN;
    return ReferenceOrder.reduce(primitive, ElementType.F64, vector, 1).hi();
  }

  /** Returns the number of the first vector in the case. */
  public int from() {
    return from;
  }

  /** Returns the number after that of the last vector. */
  public int to() {
    return to;
  }

  /** Returns the plan over the batch of the case, in any memory. */
  public Plan plan(Batch batch, LongAdder progress) {
    boolean whole = from == 0 && to == batch.count();
    return new Plan(whole ? batch : batch.slice(from, to), primitives, scales, progress);
  }
}
