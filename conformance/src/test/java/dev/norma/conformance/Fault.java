package dev.norma.conformance;

import dev.norma.ElementType;
import dev.norma.spi.Primitive;
import dev.norma.spi.Primitive.Kind;
import java.util.Arrays;

/** Mistakes that a backend could plausibly make; the kit has to see each of them. */
enum Fault {
  /** No mistake. */
  NONE,
  /** The last element of longer vectors is left out. */
  DROPS_LAST,
  /** Sums are formed from left to right. */
  SEQUENTIAL,
  /** Squares are formed in binary32. */
  FLOAT_SQUARES,
  /** Powers are those of the Java library. */
  LIBRARY_POWERS,
  /** A NaN is not seen by the largest and smallest. */
  NAN_DROPPED,
  /** A NaN is not counted. */
  NAN_UNCOUNTED,
  /** Trailing parts are forgotten. */
  NO_TRAILING,
  /** Subnormal numbers are taken for zero. */
  FLUSHES,
  /** Scales of sums are not looked at. */
  UNSCALED,
  /** Every vector is taken to be as long as the first. */
  FIRST_LENGTH,
  /** Element strides are not looked at. */
  STRIDE_IGNORED,
  /** Elements done are not counted. */
  NO_PROGRESS,
  /** Plans are refused. */
  REFUSES;

  ReferenceOrder.Sum reduce(Primitive primitive, ElementType type, double[] vector, double scale) {
    Kind kind = primitive.kind();
    double[] seen =
        switch (this) {
          case DROPS_LAST -> Arrays.copyOf(vector, vector.length - (vector.length > 64 ? 1 : 0));
          case FLOAT_SQUARES -> kind == Kind.SQUARE_SUM ? floatRoots(vector) : vector;
          case NAN_DROPPED ->
              kind == Kind.ABS_MAX || kind == Kind.ABS_MIN ? numbers(vector) : vector;
          case NAN_UNCOUNTED -> kind == Kind.NONZERO_COUNT ? numbers(vector) : vector;
          case FLUSHES ->
              Arrays.stream(vector).map(x -> Math.abs(x) < Double.MIN_NORMAL ? 0 : x).toArray();
          default -> vector;
        };
    double divisor = this == UNSCALED && kind != Kind.POW_SUM ? 1 : scale;
    if (this == SEQUENTIAL && kind == Kind.ABS_SUM && type != ElementType.F64) {
      return new ReferenceOrder.Sum(Arrays.stream(seen).map(Math::abs).reduce(0, Double::sum), 0);
    }
    if (this == LIBRARY_POWERS && kind == Kind.POW_SUM) {
      double p = primitive.exponent();
      double powers = Arrays.stream(seen).map(x -> Math.pow(Math.abs(x) / scale, p)).sum();
      return new ReferenceOrder.Sum(powers, 0);
    }
    ReferenceOrder.Sum sum = ReferenceOrder.reduce(primitive, type, seen, divisor);
    return this == NO_TRAILING ? new ReferenceOrder.Sum(sum.hi() + sum.lo(), 0) : sum;
  }

  private static double[] floatRoots(double[] vector) {
    return Arrays.stream(vector).map(x -> Math.sqrt((float) (x * x))).toArray();
  }

  private static double[] numbers(double[] vector) {
    return Arrays.stream(vector).filter(x -> !Double.isNaN(x)).toArray();
  }
}
