package dev.norma.conformance;

import dev.norma.spi.ElementMap;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * A function of elements with sets of coefficients, those that norms lead to and those that they
 * seldom do.
 */
final class MapCase {
  private static final double[] NUMBERS = {
    1,
    -1.5,
    0.3,
    0,
    -0.0,
    3e-320,
    -1e300,
    Double.MAX_VALUE,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN
  };

  /** Factors at the ends of those that multiply in binary32, and with bits that it has not. */
  private static final double[] FACTORS = {
    0x1p-96,
    0x1.fffffffffffffp-97,
    -0x1.fffffffffffffp95,
    0x1p96,
    -0x1.3p-90,
    0x1.000001p0,
    -0x1.0000010000001p20,
    0x1.fffffep-3,
    0x1.fffffffffffffp-3
  };

  private static final double[] BOUNDS = {
    0, 1, 1.5, 3e-320, 0x1p-14, 65504, Double.MAX_VALUE, Double.POSITIVE_INFINITY, Double.NaN
  };

  private static final double[] SCALES = {1, 0.7, 1e300, 3e-320, 0x1p-1022, 1.1};

  /** What is missing in the mantissas of scales. */
  private static final double MISSING = 0x1.3p-54;

  private static final double[] EXPONENTS = {0, 17, -1023, 1023, -300};

  private final ElementMap map;
  private final double[][] coefficients;

  private MapCase(ElementMap map, double[][] coefficients) {
    this.map = map;
    this.coefficients = coefficients;
  }

  /** Returns all functions. */
  static List<MapCase> all() {
    List<MapCase> cases = new ArrayList<>();
    cases.add(new MapCase(ElementMap.ZERO, new double[2][0]));
    cases.add(new MapCase(ElementMap.SCALE, multiples()));
    cases.add(new MapCase(ElementMap.SIGN, single(NUMBERS)));
    cases.add(new MapCase(ElementMap.TIE, ties()));
    cases.add(new MapCase(ElementMap.EQUAL, single(BOUNDS)));
    cases.add(new MapCase(ElementMap.SHRINK, thresholds()));
    cases.add(new MapCase(ElementMap.CLAMP, single(BOUNDS)));
    DoubleStream.of(0.5, -0.5, 2, -2, 39, -1e-3, 1e10, 1e300, -1e300)
        .forEach(q -> cases.add(new MapCase(ElementMap.power(q), powers())));
    DoubleStream.of(0, 1, -0.5, 38, -3)
        .forEach(q -> cases.add(new MapCase(ElementMap.hessian(q), hessians())));
    return cases;
  }

  private static double[][] single(double[] numbers) {
    return DoubleStream.of(numbers).mapToObj(c -> new double[] {c}).toArray(double[][]::new);
  }

  private static double[][] ties() {
    return DoubleStream.of(BOUNDS)
        .boxed()
        .flatMap(m -> DoubleStream.of(NUMBERS).mapToObj(c -> new double[] {m, c}))
        .toArray(double[][]::new);
  }

  /** t, h and l: soft thresholds with trailing parts of both signs, and hard ones. */
  private static double[][] thresholds() {
    return DoubleStream.of(BOUNDS)
        .boxed()
        .flatMap(
            t ->
                Stream.of(
                    new double[] {t, t, 0},
                    new double[] {t, t, t * 0x1.3p-54},
                    new double[] {Math.nextDown(t), t, t * -0x1.7p-54},
                    new double[] {t, 0.3, -1},
                    new double[] {t, 0, 0}))
        .toArray(double[][]::new);
  }

  /** h, l, b and a. */
  private static double[][] multiples() {
    double[] before = {1, 0x1p900};
    double[] after = {1, 0x1p-1022, 0x1p300};
    List<double[]> sets = new ArrayList<>();
    for (double h :
        DoubleStream.concat(DoubleStream.of(NUMBERS), DoubleStream.of(FACTORS)).toArray()) {
      for (int i = 0; i < 12; i++) {
        double l = i < 6 ? 0 : Double.isFinite(h) ? h * 0x1.3p-55 : 0x1p-60;
        sets.add(new double[] {h, l, before[i % 2], after[i % 3]});
      }
    }
    return sets.toArray(double[][]::new);
  }

  /** c, k and s. */
  private static double[][] powers() {
    return Stream.iterate(0, i -> i < NUMBERS.length * SCALES.length, i -> i + 1)
        .map(
            i ->
                with(
                    SCALES[i % SCALES.length],
                    NUMBERS[i / SCALES.length],
                    EXPONENTS[i % EXPONENTS.length]))
        .toArray(double[][]::new);
  }

  /** e, b, c, k and s. */
  private static double[][] hessians() {
    double[] e = {0, 1.5, -0.3, 1e-300, -1e300};
    double[] b = {1, 0x1p-1022, 0x1p1023};
    return Stream.iterate(0, i -> i < NUMBERS.length * SCALES.length, i -> i + 1)
        .map(
            i ->
                with(
                    SCALES[i % SCALES.length],
                    e[i % e.length],
                    b[i % b.length],
                    NUMBERS[i / SCALES.length],
                    EXPONENTS[i % EXPONENTS.length]))
        .toArray(double[][]::new);
  }

  /** Appends a scale: h, η and ν. */
  private static double[] with(double scale, double... coefficients) {
    ReferencePower.Scale s = ReferencePower.Scale.of(scale);
    return DoubleStream.concat(
            DoubleStream.of(coefficients), DoubleStream.of(s.h(), MISSING, s.nu()))
        .toArray();
  }

  /** Returns the function. */
  ElementMap map() {
    return map;
  }

  /** Returns the number of vectors: each set is for one of hard numbers and one of others. */
  int count() {
    return 2 * coefficients.length;
  }

  /** Returns the set for a vector. */
  double[] of(int vector) {
    return coefficients[vector / 2];
  }

  /** Returns the coefficients as plans have them: of each the values of all vectors. */
  double[][] byNumber() {
    double[][] numbers = new double[map.kind().coefficients()][count()];
    for (int i = 0; i < count(); i++) {
      for (int k = 0; k < numbers.length; k++) {
        numbers[k][i] = of(i)[k];
      }
    }
    return numbers;
  }
}
