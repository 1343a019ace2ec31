package dev.norma.conformance;

import dev.norma.MatrixNorm;
import dev.norma.Norm;
import java.util.List;
import java.util.stream.Stream;

/** The norms that every case is computed in. */
public final class Norms {
  /** Those that are not of a general p. */
  public static final List<Norm> SIMPLE =
      List.of(Norm.L0, Norm.L1, Norm.L2, Norm.SQUARED_L2, Norm.LINF, Norm.NEG_INF);

  /** Some of a general p, of either sign, whole and not. */
  public static final List<Norm> POWERS =
      Stream.of(3, 0.5, -1, 2.5, -0.5).map(p -> Norm.lp(p.doubleValue())).toList();

  /** Those of a general p whose exponents lie far out. */
  public static final List<Norm> FAR_POWERS =
      Stream.of(8, -8, 100, 1e10, 0.001, 5e-4, -1e-3, 1.1, Math.PI)
          .map(p -> Norm.lp(p.doubleValue()))
          .toList();

  /** The simple ones and some of a general p. */
  public static final List<Norm> ALL = Stream.concat(SIMPLE.stream(), POWERS.stream()).toList();

  /** The norms that derivatives are computed of, with an exponent on either side of 1 and of 2. */
  public static final List<Norm> GRADIENTS =
      Stream.concat(
              SIMPLE.stream(),
              Stream.of(3, 3.5, 1.5, 0.5, -1, 40).map(p -> Norm.lp(p.doubleValue())))
          .toList();

  /** The norms whose balls vectors are projected onto. */
  static final List<Norm> BALLS = List.of(Norm.L1, Norm.L2, Norm.LINF);

  /** All norms of matrices. */
  public static final List<MatrixNorm> MATRIX =
      Stream.of("fro", "max", "sum", "l21", "1", "-1", "inf", "-inf")
          .map(MatrixNorm::parse)
          .toList();

  private Norms() {}

  /** Returns the p of a norm of a general p. */
  static double exponent(Norm norm) {
    return Double.parseDouble(norm.toString());
  }

  /** Tells whether a norm is of a general p. */
  static boolean isPower(Norm norm) {
    return !SIMPLE.contains(norm);
  }
}
