package dev.norma.conformance;

import dev.norma.ElementType;

/** Families of values that vectors are filled with, for every element type. */
public enum Family {
  /** Normally distributed, around 0. */
  NORMAL,
  /** All 1. */
  ONES,
  /** Growing by steps, with signs that alternate. */
  ALTERNATING,
  /** The same random number throughout a vector. */
  CONSTANT,
  /** All 0. */
  ZEROS,
  /** All −0. */
  NEGATIVE_ZEROS,
  /** Zeros of both signs with a number here and there. */
  SPARSE,
  /** Subnormal numbers only. */
  SUBNORMAL,
  /** Subnormal numbers and the smallest normal ones. */
  AROUND_SUBNORMAL,
  /** Exponents evenly distributed over all of the type's range. */
  WIDE,
  /** Close to the largest number. */
  HUGE;

  /** Returns one vector. */
  public double[] vector(ElementType type, int length, Seeded random) {
    Format format = Format.of(type);
    double constant = random.normal();
    double[] vector = new double[length];
    for (int i = 0; i < length; i++) {
      vector[i] = format.nearest(value(format, i, constant, random));
    }
    return vector;
  }

  /** Returns several vectors of one length. */
  public double[][] vectors(ElementType type, int count, int length, long seed) {
    Seeded random = new Seeded(seed);
    double[][] vectors = new double[count][];
    for (int i = 0; i < count; i++) {
      vectors[i] = vector(type, length, random);
    }
    return vectors;
  }

  private double value(Format format, int i, double constant, Seeded random) {
    return switch (this) {
      case NORMAL -> random.normal();
      case ONES -> 1;
      case ALTERNATING -> (i % 2 == 0 ? 1 : -1) * (1 + i % 100 / 8.0);
      case CONSTANT -> constant;
      case ZEROS -> 0;
      case NEGATIVE_ZEROS -> -0.0;
      case SPARSE -> i % 5 == 3 ? random.normal() : i % 2 == 0 ? 0 : -0.0;
      case SUBNORMAL -> format.smallestNormal() * (random.uniform() - 0.5);
      case AROUND_SUBNORMAL -> format.smallestNormal() * 4 * (random.uniform() - 0.5);
      case WIDE -> wide(format, random);
      case HUGE -> format.largest() * (0.75 + random.uniform() / 4) * (i % 2 == 0 ? 1 : -1);
    };
  }

  private static double wide(Format format, Seeded random) {
    int lowest = format.minExponent() - format.precision() + 1;
    int exponent = lowest + random.below(format.maxExponent() - lowest + 1);
    double x = Math.scalb(1 + random.uniform(), exponent);
    return Math.min(x, format.largest()) * (random.bits() < 0 ? -1 : 1);
  }
}
