package dev.norma.conformance;

import dev.norma.ElementType;
import dev.norma.Norm;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The one table of the bounds on the error of gradients, by norm and type of the elements. */
public final class GradientBounds {
  /** The relative error allowed to a general p in binary64. */
  public static final double POWER = 1e-12;

  /** The error allowed to the sum of products in a Jacobian-vector product, of their sizes. */
  public static final double SUM = 0x1p-50;

  /** The same for the shorter types. */
  public static final double SHORT_SUM = 0x1p-40;

  /** One row: norms that share their bounds. */
  private enum Row {
    EXACT("L0, L1, L∞, −∞", "exact", "exact"),
    QUOTIENT("L2, squared L2", "2 ulp", "1 ulp of the type"),
    POWER("any other p", "10⁻¹² relative", "1 ulp of the type");

    private final String norms;
    private final String f64;
    private final String others;

    Row(String norms, String f64, String others) {
      this.norms = norms;
      this.f64 = f64;
      this.others = others;
    }

    static Row of(Norm norm) {
      if (norm.equals(Norm.L2) || norm.equals(Norm.SQUARED_L2)) {
        return QUOTIENT;
      }
      return Norms.isPower(norm) ? POWER : EXACT;
    }
  }

  private GradientBounds() {}

  /**
   * Tells what is wrong with an element of a gradient times a factor u, if anything is.
   *
   * @param truth the absolute value that it should have
   * @param negative whether it should be negative, where it is not 0
   */
  public static Optional<String> complaint(
      Norm norm, ElementType type, double u, double result, Truth truth, boolean negative) {
    boolean rightSign = result == 0 || Double.isNaN(result) || (result < 0) == negative;
    if (rightSign && keeps(norm, type, u, Math.abs(result), truth)) {
      return Optional.empty();
    }
    Row row = Row.of(norm);
    return Optional.of(
        "expected %s%s within %s, actual %s, error %s ulp"
            .formatted(
                negative ? "-" : "",
                truth,
                type == ElementType.F64 ? row.f64 : row.others,
                Bits.show(result),
                Ulps.error(Math.abs(result), truth, Format.of(type))));
  }

  private static boolean keeps(Norm norm, ElementType type, double u, double size, Truth truth) {
    Format format = Format.of(type);
    boolean f64 = type == ElementType.F64;
    double ulps = Ulps.error(size, truth, format);
    return switch (Row.of(norm)) {
      case EXACT -> (u == 1 || f64) ? Bits.same(size, truth.rounded(format)) : ulps <= 1;
      case QUOTIENT -> ulps <= (f64 ? 2 : 1);
      case POWER -> f64 ? keepsPower(ulps, size, truth) : ulps <= 1;
    };
  }

  /** A last bit counts for itself only where there are no more. */
  private static boolean keepsPower(double ulps, double size, Truth truth) {
    boolean lastBit = ulps <= 1 && truth.rounded() < Double.MIN_NORMAL;
    return lastBit || Ulps.relative(size, truth) <= POWER;
  }

  /**
   * Returns the relative error allowed to an element of a gradient times a factor, if it is a
   * normal number.
   */
  static double ofElement(Norm norm, ElementType type) {
    double ulps = Row.of(norm) == Row.QUOTIENT && type == ElementType.F64 ? 2 : 1;
    double rounding = ulps * Format.of(type).ulpOfOne();
    return Norms.isPower(norm) ? Math.max(rounding, POWER) : rounding;
  }

  /** Returns the error allowed to a Jacobian-vector product, of the sum of sizes of its terms. */
  static double ofSum(Norm norm, ElementType type) {
    double sum = type == ElementType.F64 ? SUM : SHORT_SUM;
    return Norms.isPower(norm) ? POWER : sum;
  }

  /**
   * Returns the error allowed to an element of the vector-Jacobian product of normalising, of the
   * sizes of its terms: both are rounded to the type, and their sum.
   */
  static double ofNormalised(Norm norm, ElementType type) {
    return 2 * ofElement(norm, type) + ofSum(norm, type);
  }

  /** Returns the error allowed to an element of a Hessian's product, of the sizes of its terms. */
  static double ofHessian(Norm norm, ElementType type) {
    return Math.max(ofSum(norm, type), 8 * SUM);
  }

  /** Returns the table as lines of Markdown, as {@code docs/numerics.md} has them. */
  public static List<String> markdown() {
    Stream<String> head =
        Stream.of("| gradient of | f64 | f32, f16, bf16 |", "| --- | --- | --- |");
    Stream<String> rows =
        Arrays.stream(Row.values())
            .map(row -> "| " + row.norms + " | " + row.f64 + " | " + row.others + " |");
    return Stream.concat(head, rows).toList();
  }
}
