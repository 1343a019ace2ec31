package dev.norma;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * Scales, clips, projects and shrinks many vectors at once by their norms.
 *
 * <pre>{@code
 * norma.transforms().normalize(Norm.L2, Batch.rows(x, n, d), 1e-12, Batch.rows(y, n, d));
 * }</pre>
 *
 * <p>Results go to a batch of the caller's, as those of {@link Gradients} do; it may be the one
 * that is read. Where the norm of a vector is not finite, the result is NaN throughout, unless said
 * otherwise. Safe for use by many threads; all methods throw what those of {@link Norma} do.
 */
public final class Transforms {
  private final Session session;

  Transforms(Session session) {
    this.session = session;
  }

  private double[] run(Norm norm, Batch x, Batch out, Function<Reductions, Derivative> function) {
    Objects.requireNonNull(norm, "norm");
    Targets.check(x, out);
    double[] norms = new double[Places.arrayLength(x.count())];
    session.inBlocks(
        List.of(x, out),
        (on, from, to) -> {
          Batch some = x.slice(from, to);
          Reductions reduced = Reductions.of(on, List.of(norm), some, new LongAdder());
          function.apply(reduced).write(some, out.slice(from, to), Into.REPLACE, on);
          double[] values = reduced.values(norm);
          System.arraycopy(values, 0, norms, (int) from, values.length);
        });
    return norms;
  }

  /**
   * Divides each vector by its norm, or by epsilon where that is larger: y = x / max(‖x‖, ε). A
   * vector of norm 0 stays 0, with ε = 0 too. Each element is within 1 ulp of its type, 2 ulp for
   * binary64.
   *
   * @param epsilon at least 0
   * @return the norms of the vectors before
   * @throws IllegalArgumentException if epsilon is negative, infinite or NaN, {@code out} does not
   *     fit or overlaps, or there are too many vectors for an array
   */
  public double[] normalize(Norm norm, Batch x, double epsilon, Batch out) {
    checkFinite("epsilon", epsilon);
    return run(norm, x, out, reduced -> Rescaling.normalizing(norm, reduced, epsilon));
  }

  /**
   * Writes the vector-Jacobian product of {@link #normalize}: for the upstream vector u of each x,
   * u / ‖x‖ − ∇‖x‖ · ⟨x, u⟩ / ‖x‖² where ‖x‖ &gt; ε, and u / ε elsewhere (0 where ε = 0). For L2 it
   * is rounded to the type once; for other norms both terms are, and may leave its range.
   *
   * @param upstream as many vectors, of the same lengths and element type
   * @param out where they go: the place of x, or apart from both
   * @throws IllegalArgumentException if epsilon is negative, infinite or NaN, or a batch does not
   *     fit or overlaps
   */
  public void normalizeVjp(Norm norm, Batch x, double epsilon, Batch upstream, Batch out) {
    Objects.requireNonNull(norm, "norm");
    checkFinite("epsilon", epsilon);
    Targets.checkAlike("upstream", x, upstream);
    Targets.check(x, out);
    Targets.checkApart("out", out, "upstream", upstream);
    session.inBlocks(
        List.of(x, upstream, out),
        (on, from, to) -> {
          Batch some = x.slice(from, to);
          Batch u = upstream.slice(from, to);
          Batch target = out.slice(from, to);
          Reductions reduced = Reductions.of(on, List.of(norm), some, new LongAdder());
          double[] norms = reduced.values(norm);
          double[] products = Rescaling.normalizing(norm, reduced, 0).dot(some, u, on);
          if (norm.equals(Norm.L2)) {
            Rescaling.normalizingVjp(reduced, products, epsilon).writeAlong(some, u, target, on);
            return;
          }
          Derivative.gradient(norm, reduced, i -> along(norms[i], products[i], epsilon))
              .write(some, target, Into.REPLACE, on);
          Rescaling.normalizing(norm, reduced, epsilon).write(u, target, Into.ADD, on);
        });
  }

  /** What the gradient of the norm is multiplied by, given the product with x over its norm. */
  private static double along(double norm, double product, double epsilon) {
    return norm > epsilon ? -product / norm : 0;
  }

  /**
   * Scales each vector whose norm exceeds a limit down to it; the others stay as they are to the
   * bit.
   *
   * @param norm any but {@link Norm#L0} and {@link Norm#SQUARED_L2}, not proportional to x
   * @param limit at least 0
   * @return the norms of the vectors before
   * @throws IllegalArgumentException if the norm is one of these, the limit is negative or NaN,
   *     {@code out} does not fit or overlaps, or there are too many vectors for an array
   */
  public double[] clip(Norm norm, Batch x, double limit, Batch out) {
    Rescaling.checkProportional(norm);
    checkNotNegative("limit", limit);
    return run(norm, x, out, reduced -> Rescaling.clipping(norm, reduced, limit));
  }

  /**
   * Projects each vector onto the ball of a norm: y is the point nearest to x, by the Euclidean
   * distance, with ‖y‖ ≤ r. Vectors inside stay as they are. For L1 each element is within 1 ulp of
   * the type, 2 ulp for binary64, of the largest element of y, however much larger those of x are;
   * of differences of shorter types, within 2 ulp of the type of the largest element of x.
   *
   * @param norm {@link Norm#L1}, {@link Norm#L2} or {@link Norm#LINF}
   * @param radius at least 0
   * @throws IllegalArgumentException if the norm is another, the radius is negative, infinite or
   *     NaN, or {@code out} does not fit or overlaps
   */
  public void project(Norm norm, Batch x, double radius, Batch out) {
    checkFinite("radius", radius);
    if (norm.equals(Norm.L2)) {
      clip(norm, x, radius, out);
    } else if (norm.equals(Norm.LINF)) {
      perElement(x, out, vectors -> Rescaling.clamping(Rescaling.all(vectors, radius)));
    } else {
      checkL1(norm);
      Targets.check(x, out);
      session.inBlocks(
          List.of(x, out),
          (on, from, to) -> L1Ball.project(x.slice(from, to), radius, out.slice(from, to), on));
    }
  }

  /**
   * Applies the proximal operator of λ‖·‖: y minimises ½ ‖y − x‖₂² + λ ‖y‖. For L1 that is the soft
   * threshold sgn(x) · max(|x| − λ, 0), for L2 x · max(1 − λ / ‖x‖₂, 0), and for L∞ what is left of
   * x by its projection onto the L1 ball of radius λ. That is within as many ulps of its own
   * largest element as the projection is, or within so many times 2<sup>−80</sup> of that of x,
   * 2<sup>−40</sup> of shorter types, if that is more; {@code out} lies apart from x then.
   *
   * @param norm {@link Norm#L1}, {@link Norm#L2} or {@link Norm#LINF}
   * @param lambda at least 0
   * @throws IllegalArgumentException if the norm is another, lambda is negative, infinite or NaN,
   *     or {@code out} does not fit or overlaps
   */
  public void prox(Norm norm, Batch x, double lambda, Batch out) {
    checkFinite("lambda", lambda);
    if (norm.equals(Norm.L1)) {
      perElement(
          x,
          out,
          vectors ->
              Rescaling.shrinking(Rescaling.all(vectors, lambda), Rescaling.all(vectors, 0)));
    } else if (norm.equals(Norm.L2)) {
      run(norm, x, out, reduced -> Rescaling.shortening(reduced, lambda));
    } else if (norm.equals(Norm.LINF)) {
      withoutProjection(x, lambda, out);
    } else {
      throw notBall(norm);
    }
  }

  /** Writes what the projection onto the L1 ball takes off. */
  private void withoutProjection(Batch x, double radius, Batch out) {
    Targets.check(x, out);
    Targets.checkApart("out", out, "x, which is read again", x);
    session.inBlocks(
        List.of(x, out),
        (on, from, to) -> L1Ball.remainder(x.slice(from, to), radius, out.slice(from, to), on));
  }

  private static void checkL1(Norm norm) {
    if (!norm.equals(Norm.L1)) {
      throw notBall(norm);
    }
  }

  private void perElement(Batch x, Batch out, LongFunction<Derivative> function) {
    Targets.check(x, out);
    session.inBlocks(
        List.of(x, out),
        (on, from, to) ->
            function
                .apply(to - from)
                .write(x.slice(from, to), out.slice(from, to), Into.REPLACE, on));
  }

  private static IllegalArgumentException notBall(Norm norm) {
    return new IllegalArgumentException("norm: " + norm + " is none of L1, L2 and L-infinity");
  }

  private static void checkFinite(String what, double value) {
    checkNotNegative(what, value);
    if (Double.isInfinite(value)) {
      throw new IllegalArgumentException(what + ": " + value + " is not finite");
    }
  }

  private static void checkNotNegative(String what, double value) {
    if (!(value >= 0)) {
      throw new IllegalArgumentException(what + ": " + value + " is not at least 0");
    }
  }
}
