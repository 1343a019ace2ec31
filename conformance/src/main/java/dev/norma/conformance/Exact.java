package dev.norma.conformance;

import dev.norma.MatrixNorm;
import dev.norma.Norm;
import java.util.Arrays;
import java.util.function.BinaryOperator;

/**
 * The norms of one vector in exact arithmetic, with every rule for zeros, infinities, NaN and empty
 * vectors: what a backend's results are measured against. Elements of all types come widened to
 * binary64, which is exact. Not safe for use by several threads.
 */
public final class Exact {
  private final double[] values;
  private boolean nan;
  private boolean infinite;
  private long nonzeros;
  private double largest;
  private double smallest = Double.POSITIVE_INFINITY;
  private Truth absSum;
  private Truth squareSum;

  /** Looks at a vector, of which no copy is made. */
  public Exact(double[] values) {
    this.values = values;
    for (double x : values) {
      nan |= Double.isNaN(x);
      infinite |= Double.isInfinite(x);
      nonzeros += x != 0 ? 1 : 0;
      largest = Math.max(largest, Math.abs(x));
      smallest = Math.min(smallest, Math.abs(x));
    }
  }

  /** Returns a norm of the vector. */
  public Truth norm(Norm norm) {
    if (norm.equals(Norm.L0)) {
      return Truth.ofAbs((double) nonzeros);
    }
    if (nan) {
      return Truth.NAN;
    }
    if (norm.equals(Norm.LINF) || norm.equals(Norm.NEG_INF)) {
      return Truth.ofAbs(norm.equals(Norm.LINF) ? largest : smallest);
    }
    if (norm.equals(Norm.L1) || norm.equals(Norm.L2) || norm.equals(Norm.SQUARED_L2)) {
      return infinite ? Truth.INFINITY : ofSum(norm);
    }
    return power(Double.parseDouble(norm.toString()));
  }

  private Truth ofSum(Norm norm) {
    if (norm.equals(Norm.L1)) {
      absSum = absSum == null ? sum(false) : absSum;
      return absSum;
    }
    squareSum = squareSum == null ? sum(true) : squareSum;
    return norm.equals(Norm.L2) ? squareSum.sqrt() : squareSum;
  }

  private Truth sum(boolean squares) {
    ExactSum sum = new ExactSum(squares);
    for (double x : values) {
      sum.add(x);
    }
    return sum.value();
  }

  private Truth power(double p) {
    double pivot = p > 0 ? largest : smallest;
    if (pivot == 0 || Double.isInfinite(pivot)) {
      return Truth.ofAbs(pivot);
    }
    double[] counting =
        Arrays.stream(values).map(Math::abs).filter(x -> x > 0 && x <= Double.MAX_VALUE).toArray();
    return ExactPower.norm(counting, p, pivot);
  }

  /**
   * Returns a norm of a matrix.
   *
   * @param matrix the rows, all of one length; at least one, which may be empty
   */
  public static Truth norm(MatrixNorm norm, double[][] matrix) {
    double[][] columns = transposed(matrix);
    double[] entries = Arrays.stream(matrix).flatMapToDouble(Arrays::stream).toArray();
    boolean empty = entries.length == 0;
    return switch (norm.toString()) {
      case "fro" -> new Exact(entries).norm(Norm.L2);
      case "max" -> new Exact(entries).norm(Norm.LINF);
      case "sum" -> new Exact(entries).norm(Norm.L1);
      case "l21" -> empty ? Truth.ZERO : fold(columns, Norm.L2, Truth.ZERO, Truth::plus);
      case "1" -> empty ? Truth.ZERO : fold(columns, Norm.L1, Truth.ZERO, Exact::larger);
      case "-1" -> empty ? Truth.INFINITY : fold(columns, Norm.L1, Truth.INFINITY, Exact::smaller);
      case "inf" -> empty ? Truth.ZERO : fold(matrix, Norm.L1, Truth.ZERO, Exact::larger);
      case "-inf" -> empty ? Truth.INFINITY : fold(matrix, Norm.L1, Truth.INFINITY, Exact::smaller);
      default -> throw new IllegalArgumentException("norm: the oracle does not know " + norm);
    };
  }

  private static Truth fold(
      double[][] vectors, Norm norm, Truth neutral, BinaryOperator<Truth> join) {
    Truth folded = neutral;
    for (double[] vector : vectors) {
      folded = join.apply(folded, new Exact(vector).norm(norm));
    }
    return folded;
  }

  private static Truth larger(Truth a, Truth b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private static Truth smaller(Truth a, Truth b) {
    if (a.isNan() || b.isNan()) {
      return Truth.NAN;
    }
    return a.compareTo(b) < 0 ? a : b;
  }

  /** Returns the columns of a matrix of which the rows are given. */
  static double[][] transposed(double[][] matrix) {
    double[][] columns = new double[matrix.length == 0 ? 0 : matrix[0].length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix[i].length; j++) {
        columns[j][i] = matrix[i][j];
      }
    }
    return columns;
  }
}
