package dev.norma;

import java.util.List;
import java.util.Objects;

/**
 * A norm of a matrix made of vector norms: of all entries as one vector, or of each row or column,
 * the largest, the smallest or the sum of which is taken.
 *
 * <p>What {@link Norm} says of zeros, NaN, range and error holds here too; a sum of vector norms is
 * formed from their unrounded values. An empty matrix has norm 0, and infinity where the smallest
 * is taken. Immutable.
 */
public final class MatrixNorm {
  /** √(Σ a<sub>ij</sub>²), the Frobenius norm. */
  public static final MatrixNorm FROBENIUS = new MatrixNorm("fro", Part.ENTRIES, Norm.L2, Fold.MAX);

  /** max |a<sub>ij</sub>|. */
  public static final MatrixNorm MAX = new MatrixNorm("max", Part.ENTRIES, Norm.LINF, Fold.MAX);

  /** Σ |a<sub>ij</sub>|. */
  public static final MatrixNorm SUM = new MatrixNorm("sum", Part.ENTRIES, Norm.L1, Fold.MAX);

  /** Σ<sub>j</sub> √(Σ<sub>i</sub> a<sub>ij</sub>²), the sum of the L2 norms of the columns. */
  public static final MatrixNorm L21 = new MatrixNorm("l21", Part.COLUMNS, Norm.L2, Fold.SUM);

  /** max<sub>j</sub> Σ<sub>i</sub> |a<sub>ij</sub>|, the norm induced by L1. */
  public static final MatrixNorm INDUCED_1 = new MatrixNorm("1", Part.COLUMNS, Norm.L1, Fold.MAX);

  /** min<sub>j</sub> Σ<sub>i</sub> |a<sub>ij</sub>|, numpy's −1; not a norm. */
  public static final MatrixNorm MIN_COLUMN_SUM =
      new MatrixNorm("-1", Part.COLUMNS, Norm.L1, Fold.MIN);

  /** max<sub>i</sub> Σ<sub>j</sub> |a<sub>ij</sub>|, the norm induced by L∞. */
  public static final MatrixNorm INDUCED_INF = new MatrixNorm("inf", Part.ROWS, Norm.L1, Fold.MAX);

  /** min<sub>i</sub> Σ<sub>j</sub> |a<sub>ij</sub>|, numpy's −inf; not a norm. */
  public static final MatrixNorm MIN_ROW_SUM = new MatrixNorm("-inf", Part.ROWS, Norm.L1, Fold.MIN);

  private static final MatrixNorm[] ALL = {
    FROBENIUS, MAX, SUM, L21, INDUCED_1, MIN_COLUMN_SUM, INDUCED_INF, MIN_ROW_SUM
  };

  /** The vectors that a matrix is taken apart into. */
  enum Part {
    ENTRIES,
    ROWS,
    COLUMNS;

    Batch of(Matrices matrices) {
      return of(matrices, matrices);
    }

    /** Takes matrices apart so that entry for entry they go with those of x. */
    Batch of(Matrices matrices, Matrices x) {
      return switch (this) {
        case ENTRIES -> matrices.entriesLike(x);
        case ROWS -> matrices.rowVectors();
        case COLUMNS -> matrices.columnVectors();
      };
    }

    /** Returns the vector norms of this part that some norms are made of. */
    List<Norm> inner(List<MatrixNorm> norms) {
      return norms.stream().filter(n -> n.part == this).map(n -> n.inner).distinct().toList();
    }
  }

  /** What becomes of the norms of the parts. */
  enum Fold {
    MAX(0),
    MIN(Double.POSITIVE_INFINITY),
    SUM(0);

    private final double neutral;

    Fold(double neutral) {
      this.neutral = neutral;
    }

    Scaled apply(Scaled a, Scaled b) {
      return switch (this) {
        case MAX -> Scaled.of(Math.max(a.value(), b.value()));
        case MIN -> Scaled.of(Math.min(a.value(), b.value()));
        case SUM -> a.plus(b);
      };
    }
  }

  private final String name;
  private final Part part;
  private final Norm inner;
  private final Fold fold;

  private MatrixNorm(String name, Part part, Norm inner, Fold fold) {
    this.name = name;
    this.part = part;
    this.inner = inner;
    this.fold = fold;
  }

  /**
   * Returns the matrix norm for a word: numpy's {@code fro}, {@code 1}, {@code -1}, {@code inf},
   * {@code -inf}, and {@code max}, {@code sum}, {@code l21}. Numbers may be written in any way that
   * {@link Norm#parse} takes.
   *
   * @throws IllegalArgumentException if the word is unknown, or means a norm of singular values
   */
  public static MatrixNorm parse(String word) {
    String canonical = canonical(Objects.requireNonNull(word, "word"));
    for (MatrixNorm norm : ALL) {
      if (norm.name.equals(canonical)) {
        return norm;
      }
    }
    if (canonical.matches("nuc|2|-2|schatten:.*")) {
      throw new IllegalArgumentException(
          "ord: the matrix norm '" + word + "' needs singular values, which are not computed yet");
    }
    throw new IllegalArgumentException(
        "ord: '" + word + "' is no matrix norm; these are fro, 1, -1, inf, -inf, max, sum and l21");
  }

  /** Writes a number as the names here do: 1.0, +1 and 1e0 are 1. */
  private static String canonical(String word) {
    return Norm.isNumber(word) ? Norm.parse(word).toString().replaceFirst("[.]0$", "") : word;
  }

  Part part() {
    return part;
  }

  Norm inner() {
    return inner;
  }

  Fold fold() {
    return fold;
  }

  /** Tells whether it is the largest or smallest of the norms of rows or columns. */
  boolean takesExtreme() {
    return part != Part.ENTRIES && fold != Fold.SUM;
  }

  /** The norm of a matrix without entries, and what the parts of any other are folded into. */
  Scaled neutral() {
    return Scaled.of(fold.neutral);
  }

  /** Returns the word for this norm on the command line. */
  @Override
  public String toString() {
    return name;
  }
}
