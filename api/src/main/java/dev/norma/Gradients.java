package dev.norma;

import dev.norma.spi.Backend;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * Computes the derivatives of norms of many vectors at once: gradients, vector-Jacobian and
 * Jacobian-vector products, and Hessian-vector products.
 *
 * <pre>{@code
 * double[] norms = norma.gradients().normsAndGradient(Norm.L2, Batch.rows(x, n, d), Batch.rows(g, n, d));
 * }</pre>
 *
 * <p>Where a norm has no derivative, they are those of the subgradient of least norm: the sign of 0
 * is 0, the zero vector has gradient 0, and where k elements are the largest (or smallest)
 * together, each has 1/k, infinite ones too. L0 has gradient 0. The gradient of L2 and of a general
 * p is NaN throughout where the norm is not finite, that of L∞ and −∞ where it is NaN; those of L1
 * and the squared L2 norm depend on each element alone, and are NaN where it is.
 *
 * <p>Results go to a batch of the caller's with as many vectors, of the same lengths and element
 * type, on the host or in memory of the same device. It may be the one that is read, and else lies
 * apart from it. Safe for use by many threads; all methods throw what those of {@link Norma} do.
 */
public final class Gradients {
  private final Session session;

  Gradients(Session session) {
    this.session = session;
  }

  /** Writes the gradient of the norm of each vector. */
  public void gradient(Norm norm, Batch x, Batch out) {
    run(norm, x, i -> 1, out, Into.REPLACE, null);
  }

  /**
   * Writes the gradient of the norm of each vector, and returns the norms. Vectors that fit the
   * cache are read from memory once.
   *
   * @throws IllegalArgumentException if there are too many vectors for an array, or {@code out}
   *     does not fit or overlaps
   */
  public double[] normsAndGradient(Norm norm, Batch x, Batch out) {
    Objects.requireNonNull(x, "x");
    double[] norms = new double[Places.arrayLength(x.count())];
    run(norm, x, i -> 1, out, Into.REPLACE, norms);
    return norms;
  }

  /**
   * Writes the vector-Jacobian product: of each vector the gradient of its norm, times a factor of
   * its own. The elements are within 1 ulp of their type for L1, L2, squared L2, L∞ and −∞ (of L2
   * and squared L2 within 2 ulp for binary64), as {@code docs/numerics.md} has it for every norm.
   *
   * @param upstream a factor for each vector: the derivative by its norm of what follows
   * @throws IllegalArgumentException if there is not one factor for each vector, or {@code out}
   *     does not fit or overlaps
   */
  public void vjp(Norm norm, Batch x, double[] upstream, Batch out, Into into) {
    checkCount("upstream", Objects.requireNonNull(upstream, "upstream").length, x);
    run(norm, x, i -> upstream[(int) i], out, into, null);
  }

  /**
   * Writes the gradient of the norm of each matrix; where k columns or rows are the largest (or
   * smallest) together, each has 1/k of it. Where the largest or smallest is NaN, all is NaN; of
   * L2,1, a column that is not finite is, and the others are as if it were.
   *
   * @throws IllegalArgumentException if {@code out} does not fit or overlaps
   */
  public void gradient(MatrixNorm norm, Matrices x, Matrices out) {
    double[] ones = new double[Places.arrayLength(Objects.requireNonNull(x, "x").count())];
    Arrays.fill(ones, 1);
    vjp(norm, x, ones, out, Into.REPLACE);
  }

  /**
   * Writes the gradient of the norm of each matrix, and returns the norms. For norms of the entries
   * (Frobenius, max and sum), matrices that fit the cache are read from memory once; where the
   * largest or smallest row or column is taken, twice, as none is known to be it before, and of
   * L2,1, too.
   *
   * @throws IllegalArgumentException if there are too many matrices for an array, or columns or
   *     rows that are vectors of the norm, or {@code out} does not fit or overlaps
   */
  public double[] normsAndGradient(MatrixNorm norm, Matrices x, Matrices out) {
    Objects.requireNonNull(norm, "norm");
    Targets.checkAlike("out", x, out);
    Batch vectors = norm.part().of(x);
    Batch targets = norm.part().of(out, x);
    Targets.check(vectors, targets);
    double[] norms = new double[Places.arrayLength(x.count())];
    if (norm.part() == MatrixNorm.Part.ENTRIES && vectors.count() > 0) {
      run(norm.inner(), vectors, i -> 1, targets, Into.REPLACE, norms);
    } else if (norm.takesExtreme() && vectors.layout().size() > 0) {
      double[] ones = new double[norms.length];
      Arrays.fill(ones, 1);
      double[] shares = MatrixShares.ofExtremes(norm, vectors, ones, session, norms);
      run(norm.inner(), vectors, i -> shares[(int) i], targets, Into.REPLACE, null);
    } else {
      MatrixFold fold =
          new MatrixFold(norm.part(), List.of(norm), x, (n, i, value) -> norms[(int) i] = value);
      session.run(fold.inner(), fold.vectors(), new LongAdder(), fold);
      gradient(norm, x, out);
    }
    return norms;
  }

  /**
   * Writes the vector-Jacobian product: of each matrix the gradient of its norm, times a factor of
   * its own.
   *
   * @throws IllegalArgumentException if there is not one factor for each matrix, or {@code out}
   *     does not fit or overlaps
   */
  public void vjp(MatrixNorm norm, Matrices x, double[] upstream, Matrices out, Into into) {
    Objects.requireNonNull(norm, "norm");
    Objects.requireNonNull(into, "into");
    Targets.checkAlike("out", x, out);
    if (Objects.requireNonNull(upstream, "upstream").length != x.count()) {
      throw new IllegalArgumentException(
          "upstream: " + upstream.length + " for " + x.count() + " matrices");
    }
    Batch vectors = norm.part().of(x);
    Batch targets = norm.part().of(out, x);
    Targets.check(vectors, targets);
    if (vectors.count() == 0) {
      return;
    }
    double[] shares = MatrixShares.of(norm, vectors, upstream, session);
    run(norm.inner(), vectors, i -> shares[(int) i], targets, into, null);
  }

  /**
   * Returns the Jacobian-vector product: of each matrix the derivative of its norm in the direction
   * of the tangent.
   *
   * @param tangent as many matrices, of the same sizes and element type
   * @throws IllegalArgumentException if the tangent does not fit, or there are too many matrices
   *     for an array
   */
  public double[] jvp(MatrixNorm norm, Matrices x, Matrices tangent) {
    Objects.requireNonNull(norm, "norm");
    Targets.checkAlike("tangent", x, tangent);
    Batch vectors = norm.part().of(x);
    Batch along = norm.part().of(tangent, x);
    Targets.checkAlike("tangent", vectors, along);
    double[] products = new double[Places.arrayLength(x.count())];
    if (vectors.count() > 0) {
      double[] ones = new double[products.length];
      Arrays.fill(ones, 1);
      double[] shares = MatrixShares.of(norm, vectors, ones, session);
      double[] each = jvp(norm.inner(), vectors, along);
      for (int i = 0; i < each.length; i++) {
        // A column that is not the largest has no share, not even of an infinity.
        products[i / (each.length / products.length)] += shares[i] == 0 ? 0 : shares[i] * each[i];
      }
    }
    return products;
  }

  /**
   * Writes the product of the Hessian of the norm of each matrix with a direction: that of the
   * Frobenius norm, and column by column of L2,1; those of the other norms are 0.
   *
   * @param direction as many matrices, of the same sizes and element type
   * @param out where they go: the place of {@code x}, or of the direction, or apart from both
   * @throws IllegalArgumentException if the matrices do not fit or overlap
   */
  public void hvp(MatrixNorm norm, Matrices x, Matrices direction, Matrices out) {
    Objects.requireNonNull(norm, "norm");
    Targets.checkAlike("direction", x, direction);
    Targets.checkAlike("out", x, out);
    MatrixNorm.Part part = norm.part();
    hvp(norm.inner(), part.of(x), part.of(direction, x), part.of(out, x));
  }

  private static void checkCount(String what, long count, Batch x) {
    if (count != Objects.requireNonNull(x, "x").count()) {
      throw new IllegalArgumentException(what + ": " + count + " for " + x.count() + " vectors");
    }
  }

  /** A factor for each vector. */
  private interface Upstream {
    double of(long vector);
  }

  private void run(Norm norm, Batch x, Upstream upstream, Batch out, Into into, double[] norms) {
    Objects.requireNonNull(norm, "norm");
    Objects.requireNonNull(into, "into");
    Targets.check(x, out);
    List<Batch> batches = List.of(x, out);
    if (norms == null && !Derivative.isOfNorm(norm)) {
      session.atOnce(batches, steps(norm, x, upstream, out, into, null, Gradients::writeAlone));
    } else if (OnePassGradient.fits(norm, x, out, into)) {
      session.atOnce(batches, steps(norm, x, upstream, out, into, norms, OnePassGradient::write));
    } else {
      session.inBlocks(batches, steps(norm, x, upstream, out, into, norms, Gradients::write));
    }
  }

  /** Writes the gradients of some vectors and returns their norms. */
  private interface Writer {
    double[] write(
        Norm norm, Batch x, Batch out, Into into, Derivative.Factors upstream, Backend on);
  }

  private static Session.Steps steps(
      Norm norm, Batch x, Upstream upstream, Batch out, Into into, double[] norms, Writer writer) {
    return (on, from, to) -> {
      Batch some = x.slice(from, to);
      Batch place = out.slice(from, to);
      double[] values = writer.write(norm, some, place, into, i -> upstream.of(from + i), on);
      if (norms != null) {
        System.arraycopy(values, 0, norms, (int) from, values.length);
      }
    };
  }

  /** Writes gradients that do not depend on the norms, and returns none of these. */
  private static double[] writeAlone(
      Norm norm, Batch x, Batch out, Into into, Derivative.Factors upstream, Backend on) {
    Derivative.gradient(norm, x, upstream, on).write(x, out, into, on);
    return new double[0];
  }

  private static double[] write(
      Norm norm, Batch x, Batch out, Into into, Derivative.Factors upstream, Backend on) {
    Reductions reduced = Reductions.of(on, List.of(norm), x, new LongAdder());
    Derivative.gradient(norm, reduced, upstream).write(x, out, into, on);
    return reduced.values(norm);
  }

  /**
   * Returns the Jacobian-vector product: of each vector the derivative of its norm in the direction
   * of the tangent, Σ g<sub>i</sub> · t<sub>i</sub> for its gradient g.
   *
   * @param tangent as many vectors, of the same lengths and element type
   * @throws IllegalArgumentException if the tangent does not fit, or there are too many vectors for
   *     an array
   */
  public double[] jvp(Norm norm, Batch x, Batch tangent) {
    Objects.requireNonNull(norm, "norm");
    Targets.checkAlike("tangent", x, tangent);
    double[] products = new double[Places.arrayLength(x.count())];
    session.inBlocks(
        List.of(x, tangent),
        (on, from, to) -> {
          double[] some = jvp(norm, x.slice(from, to), tangent.slice(from, to), on);
          System.arraycopy(some, 0, products, (int) from, some.length);
        });
    return products;
  }

  private static double[] jvp(Norm norm, Batch x, Batch tangent, Backend on) {
    return Derivative.gradient(norm, x, i -> 1, on).dot(x, tangent, on);
  }

  /**
   * Writes the product of the Hessian of the norm of each vector with a direction. It is 0 for L0,
   * L1, L∞ and −∞; where a norm is not twice differentiable, as at the zero vector or, for p &lt;
   * 2, in an element that is 0, it is 0 too.
   *
   * @param direction as many vectors, of the same lengths and element type
   * @param out where they go: the place of {@code x}, or of the direction, or apart from both
   * @throws IllegalArgumentException if a batch does not fit or overlaps
   */
  public void hvp(Norm norm, Batch x, Batch direction, Batch out) {
    Objects.requireNonNull(norm, "norm");
    Targets.checkAlike("direction", x, direction);
    Targets.check(x, out);
    Targets.check(direction, out);
    session.inBlocks(
        List.of(x, direction, out),
        (on, from, to) -> {
          Batch some = x.slice(from, to);
          Batch along = direction.slice(from, to);
          Derivative h = Derivative.hessian(norm, some, () -> jvp(norm, some, along, on), on);
          h.writeAlong(some, along, out.slice(from, to), on);
        });
  }
}
