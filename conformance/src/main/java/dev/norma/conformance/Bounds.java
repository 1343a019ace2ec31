package dev.norma.conformance;

import dev.norma.ElementType;
import dev.norma.MatrixNorm;
import dev.norma.Norm;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The one table of the bounds on the error of results, by norm and type of the elements. */
public final class Bounds {
  /** The relative error allowed to sums of the shorter types, before they are rounded to float. */
  public static final double SHORT_SUM = 0x1p-40;

  /** The relative error allowed to a general p over the shorter types. */
  public static final double SHORT_POWER = 1e-12;

  /** One row: norms that share their bounds, one for binary64 and one for the shorter types. */
  private enum Row {
    EXACT("L0, L∞, −∞; of matrices `max`", Bound.EXACT, Bound.EXACT),
    SUM(
        "L1, L2, squared L2; of matrices `fro`, `sum`, `l21`, `1`, `-1`, `inf`, `-inf`",
        Bound.ONE_ULP,
        Bound.SHORT_SUM),
    POWER("any other p", Bound.FOUR_ULP, Bound.SHORT_POWER);

    private final String norms;
    private final Bound f64;
    private final Bound others;

    Row(String norms, Bound f64, Bound others) {
      this.norms = norms;
      this.f64 = f64;
      this.others = others;
    }

    Bound of(ElementType type) {
      return type == ElementType.F64 ? f64 : others;
    }
  }

  /** How far a result may lie from the truth. */
  public enum Bound {
    /** The correctly rounded value itself. */
    EXACT("exact"),
    /** At most one ulp, and infinite exactly where the correctly rounded value is. */
    ONE_ULP("1 ulp"),
    /** At most four ulp. */
    FOUR_ULP("4 ulp"),
    /** The relative error of a sum in binary64, and at most one ulp once rounded to float. */
    SHORT_SUM("2⁻⁴⁰ relative; rounded to float, 1 ulp of float"),
    /** The relative error of a general p. */
    SHORT_POWER("10⁻¹² relative");

    private final String text;

    Bound(String text) {
      this.text = text;
    }

    /** Tells what is wrong with a result, if anything is. */
    public Optional<String> complaint(double result, Truth truth) {
      if (1 / result == Double.NEGATIVE_INFINITY) {
        return Optional.of("-0.0");
      }
      return keeps(result, truth) ? Optional.empty() : Optional.of(describe(result, truth));
    }

    private boolean keeps(double result, Truth truth) {
      double nearest = truth.rounded();
      return switch (this) {
        case EXACT -> Double.doubleToLongBits(result) == Double.doubleToLongBits(nearest);
        case ONE_ULP -> sameInfinity(result, nearest) && Ulps.error(result, truth) <= 1;
        case FOUR_ULP -> Ulps.error(result, truth) <= 4;
        case SHORT_SUM ->
            Ulps.relative(result, truth) <= Bounds.SHORT_SUM
                && Ulps.floatError((float) result, truth) <= 1;
        case SHORT_POWER -> keepsRelative(result, truth);
      };
    }

    private static boolean sameInfinity(double result, double nearest) {
      return Double.isInfinite(result) == Double.isInfinite(nearest);
    }

    /** Over and underflow of the norm itself make a result as far off as they do in binary64. */
    private static boolean keepsRelative(double result, Truth truth) {
      double nearest = truth.rounded();
      if (Double.isInfinite(nearest) || nearest < Double.MIN_NORMAL) {
        return Ulps.error(result, truth) <= 4;
      }
      return Ulps.relative(result, truth) <= Bounds.SHORT_POWER;
    }

    private String describe(double result, Truth truth) {
      return "expected "
          + truth
          + " within "
          + text
          + ", actual "
          + result
          + ", error "
          + Ulps.error(result, truth)
          + " ulp";
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private static final Set<Norm> EXACT = Set.of(Norm.L0, Norm.LINF, Norm.NEG_INF);
  private static final Set<Norm> SUMS = Set.of(Norm.L1, Norm.L2, Norm.SQUARED_L2);

  private Bounds() {}

  /** Returns the bound on a norm of vectors. */
  public static Bound of(Norm norm, ElementType type) {
    Row row = EXACT.contains(norm) ? Row.EXACT : SUMS.contains(norm) ? Row.SUM : Row.POWER;
    return row.of(type);
  }

  /** Returns the bound on a norm of matrices. */
  public static Bound of(MatrixNorm norm, ElementType type) {
    return (norm.equals(MatrixNorm.MAX) ? Row.EXACT : Row.SUM).of(type);
  }

  /** Returns the table as lines of Markdown, as {@code docs/numerics.md} has them. */
  public static List<String> markdown() {
    Stream<String> head = Stream.of("| norm | f64 | f32, f16, bf16 |", "| --- | --- | --- |");
    Stream<String> rows =
        Arrays.stream(Row.values())
            .map(row -> "| " + row.norms + " | " + row.f64 + " | " + row.others + " |");
    return Stream.concat(head, rows).toList();
  }
}
