package dev.norma.residuals;

import dev.norma.Batch;
import dev.norma.Norm;
import dev.norma.Norma;
import dev.norma.spi.Confinement;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.LongStream;

/**
 * Computes norms of residuals of many vectors x and one dense matrix A, and their gradients: ‖x − A
 * x‖, which is 0 at a fixed point, and ‖b − A x‖, which is 0 where x solves the equation.
 *
 * <pre>{@code
 * double[] norms = Residuals.of(norma, a, 300, 768).equation(Norm.L2, b, x);
 * }</pre>
 *
 * <p>Products are those of netlib's BLAS for Java, in binary64 whatever the types of the vectors;
 * the norms are those of the residuals so rounded, on the backend of {@link Norma}. The products
 * are always made on the CPU. Some rows at a time, on the threads of the common pool, take a buffer
 * of a few megabytes each; neither all residuals nor the transpose of A are stored. Safe for use by
 * many threads; all methods throw what those of {@link Norma} do.
 *
 * <p>On its first use netlib looks for a native BLAS, which is not used here, and says so in its
 * log; {@code -Ddev.ludovic.netlib.blas.allowNative=false} keeps it from that.
 */
public final class Residuals {
  private final Norma norma;
  private final DenseMatrix matrix;

  private Residuals(Norma norma, DenseMatrix matrix) {
    this.norma = norma;
    this.matrix = matrix;
  }

  /**
   * Takes a row-major matrix, of which a copy is made.
   *
   * @param norma computes the norms, and stays the caller's
   * @throws IllegalArgumentException if a size is negative, or the array has not as many elements
   */
  public static Residuals of(Norma norma, double[] matrix, int rows, int columns) {
    Objects.requireNonNull(norma, "norma");
    return new Residuals(norma, new DenseMatrix(matrix, rows, columns));
  }

  /**
   * Returns ‖x − A x‖ of each x.
   *
   * @throws IllegalArgumentException if A is not square, or the vectors are not as long
   */
  public double[] fixedPoint(Norm norm, Batch x) {
    checkSquare();
    return run(norm, null, x, null);
  }

  /**
   * Writes the gradient of ‖x − A x‖ by x, (I − Aᵀ) s for the gradient s of the norm at the
   * residual, and returns the norms.
   *
   * @param out as many vectors of the same lengths, of any element type; x itself, or apart from it
   * @throws IllegalArgumentException if A is not square, the vectors are not as long, or {@code
   *     out} overlaps
   */
  public double[] fixedPoint(Norm norm, Batch x, Batch out) {
    checkSquare();
    return run(norm, null, x, Objects.requireNonNull(out, "out"));
  }

  /**
   * Returns ‖b − A x‖ of each pair.
   *
   * @param b as many vectors as x has, or {@link Batch#repeated} ones, as long as A has rows
   * @throws IllegalArgumentException if b or x has not as many or as long vectors
   */
  public double[] equation(Norm norm, Batch b, Batch x) {
    return run(norm, Objects.requireNonNull(b, "b"), x, null);
  }

  /**
   * Writes the gradient of ‖b − A x‖ by x, −Aᵀ s for the gradient s of the norm at the residual,
   * and returns the norms.
   *
   * @param out as many vectors as x has, of the same lengths, of any element type; x itself, or
   *     apart from what is read
   * @throws IllegalArgumentException if b or x has not as many or as long vectors, or {@code out}
   *     overlaps
   */
  public double[] equation(Norm norm, Batch b, Batch x, Batch out) {
    return run(norm, Objects.requireNonNull(b, "b"), x, Objects.requireNonNull(out, "out"));
  }

  private void checkSquare() {
    if (matrix.rows() != matrix.columns()) {
      throw new IllegalArgumentException(
          "matrix: " + matrix.rows() + " x " + matrix.columns() + " is not square");
    }
  }

  private double[] run(Norm norm, Batch b, Batch x, Batch out) {
    Objects.requireNonNull(norm, "norm");
    Rows.checkCount(x);
    Rows.check("x", x, x.count(), matrix.columns());
    if (b != null) {
      Rows.check("b", b, x.count(), matrix.rows());
    }
    if (out != null) {
      Rows.check("out", out, x.count(), matrix.columns());
      Rows.checkWritable("out", out);
      Rows.checkPlaces(b, x, out);
    }
    double[] norms = new double[(int) x.count()];
    int rows = matrix.rowsAtOnce();
    blocks((x.count() + rows - 1) / rows, b, x, out)
        .forEach(
            block -> {
              long from = block * rows;
              long to = Math.min(x.count(), from + rows);
              Block work = new Block(norma, matrix, norm);
              work.run(slice(b, from, to), x.slice(from, to), slice(out, from, to));
              System.arraycopy(work.norms(), 0, norms, (int) from, (int) (to - from));
            });
    return norms;
  }

  /** Numbers blocks, for this thread where memory is its own, and else for many. */
  private static LongStream blocks(long count, Batch... batches) {
    LongStream blocks = LongStream.range(0, count);
    boolean confined = Arrays.stream(batches).filter(Objects::nonNull).anyMatch(Confinement::holds);
    return confined ? blocks : blocks.parallel();
  }

  private static Batch slice(Batch batch, long from, long to) {
    return batch == null ? null : batch.slice(from, to);
  }
}
