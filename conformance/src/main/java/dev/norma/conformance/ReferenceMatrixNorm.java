package dev.norma.conformance;

import dev.norma.ElementType;
import dev.norma.MatrixNorm;
import dev.norma.Norm;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;

/**
 * Norms of matrices folded from those of the {@link ReferenceNorm}, written down once more from
 * {@code docs/numerics.md} ("Matrix norms"): every result must have these bits. Slow.
 */
final class ReferenceMatrixNorm {
  private static final ReferenceNorm.Unrounded ZERO = new ReferenceNorm.Unrounded(0, 0, 0);

  private final ElementType type;
  private final double[][] rows;
  private final double[][] columns;

  private ReferenceMatrixNorm(ElementType type, double[][] rows) {
    this.type = type;
    this.rows = rows;
    this.columns = Exact.transposed(rows);
  }

  /**
   * Returns a norm of a matrix.
   *
   * @param rows the rows, all of one length
   * @param byColumns whether the entries are taken column after column, as they are where the axis
   *     of the columns comes first in the array
   */
  static double of(MatrixNorm norm, ElementType type, double[][] rows, boolean byColumns) {
    ReferenceMatrixNorm of = new ReferenceMatrixNorm(type, rows);
    double[][] ordered = byColumns ? of.columns : rows;
    double[] entries = Arrays.stream(ordered).flatMapToDouble(Arrays::stream).toArray();
    String word = norm.toString();
    if (entries.length == 0) {
      return word.startsWith("-") ? Double.POSITIVE_INFINITY : 0;
    }
    return switch (word) {
      case "fro" -> ReferenceNorm.of(Norm.L2, type, entries);
      case "max" -> ReferenceNorm.of(Norm.LINF, type, entries);
      case "sum" -> ReferenceNorm.of(Norm.L1, type, entries);
      case "l21" -> of.sumOfColumns();
      case "1" -> of.extreme(of.columns, Math::max);
      case "-1" -> of.extreme(of.columns, Math::min);
      case "inf" -> of.extreme(of.rows, Math::max);
      case "-inf" -> of.extreme(of.rows, Math::min);
      default -> throw new IllegalArgumentException("norm: the page does not know " + norm);
    };
  }

  private double extreme(double[][] vectors, DoubleBinaryOperator fold) {
    return Arrays.stream(vectors)
        .mapToDouble(vector -> ReferenceNorm.of(Norm.L1, type, vector))
        .reduce(fold)
        .orElseThrow();
  }

  private double sumOfColumns() {
    ReferenceNorm.Unrounded sum = ZERO;
    for (double[] column : columns) {
      sum = plus(sum, ReferenceNorm.unrounded(Norm.L2, type, column));
    }
    return sum.rounded();
  }

  private static ReferenceNorm.Unrounded plus(
      ReferenceNorm.Unrounded sum, ReferenceNorm.Unrounded root) {
    if (!Double.isFinite(sum.h()) || !Double.isFinite(root.h())) {
      return new ReferenceNorm.Unrounded(sum.h() + root.h(), 0, 0);
    }
    if (sum.h() == 0 || root.h() == 0) {
      return sum.h() == 0 ? root : sum;
    }
    int k = Math.max(sum.k() + Math.getExponent(sum.h()), root.k() + Math.getExponent(root.h()));
    double h = Math.scalb(sum.h(), sum.k() - k);
    double rho = Math.scalb(root.h(), root.k() - k);
    double s = h + rho;
    double rest = Math.scalb(sum.l(), sum.k() - k) + Math.scalb(root.l(), root.k() - k);
    return new ReferenceNorm.Unrounded(s, rest + ReferenceOrder.error(h, rho, s), k);
  }
}
