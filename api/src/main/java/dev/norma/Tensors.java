package dev.norma;

import dev.norma.spi.Backend;
import dev.norma.spi.DoubleDouble;
import dev.norma.spi.PairSums;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;

/**
 * Computes norms over lists of tensors of any shapes and types, as those of all gradients of a
 * model, and clips to them. Small tensors are taken many at a time.
 *
 * <pre>{@code
 * double norm = norma.tensors().clip(Norm.L2, gradients, 1.0, NonFinite.SKIP);
 * }</pre>
 *
 * <p>Who asks again and again lists the tensors once, in a {@link TensorList}. Safe for use by many
 * threads; all methods throw what those of {@link Norma} do.
 */
public final class Tensors {
  private final Session session;

  Tensors(Session session) {
    this.session = session;
  }

  /**
   * Returns the norm of all elements of all tensors, as if they were one vector: 0 of none,
   * infinity for p &lt; 0 and −∞. L0, L∞ and −∞ are exact; L1, L2 and squared L2 are within 1 ulp
   * where all elements are binary64, and 2<sup>−40</sup> relative where some are of shorter types;
   * general p is the p-norm of the norms of the vectors.
   *
   * @throws IllegalArgumentException if there are too many vectors for an array
   */
  public double norm(Norm norm, List<Batch> tensors) {
    return norm(norm, TensorList.of(tensors));
  }

  /** Returns the same of tensors that were listed before. */
  public double norm(Norm norm, TensorList tensors) {
    return total(Objects.requireNonNull(norm, "norm"), tensors).value();
  }

  /**
   * Scales all tensors, in place, so that the norm over all of them is no larger than a limit.
   * Where it is not larger, nothing is changed to the bit. The tensors must not overlap. Where a
   * device fails on the way, some of its tensors may be scaled and others not.
   *
   * @param norm any but {@link Norm#L0} and {@link Norm#SQUARED_L2}, not proportional to them
   * @param limit at least 0
   * @param nonFinite what happens where the norm is infinite or NaN
   * @return the norm before
   * @throws ArithmeticException if the norm is infinite or NaN, and that is an error
   * @throws IllegalArgumentException if the norm is one of these, the limit is negative or NaN, or
   *     a tensor cannot be written
   */
  public double clip(Norm norm, List<Batch> tensors, double limit, NonFinite nonFinite) {
    return clip(norm, TensorList.of(tensors), limit, nonFinite);
  }

  /** Does the same with tensors that were listed before. */
  public double clip(Norm norm, TensorList tensors, double limit, NonFinite nonFinite) {
    Rescaling.checkProportional(norm);
    Objects.requireNonNull(nonFinite, "nonFinite");
    if (!(limit >= 0)) {
      throw new IllegalArgumentException("limit: " + limit + " is not at least 0");
    }
    tensors.checkWritable();
    Scaled total = total(norm, tensors);
    double value = total.value();
    if (!Double.isFinite(value)) {
      if (nonFinite == NonFinite.ERROR) {
        throw new ArithmeticException("the norm of the tensors is " + value);
      }
      if (nonFinite == NonFinite.SKIP) {
        return value;
      }
    } else if (value <= limit) {
      return value;
    }
    forEach(tensors, true, (on, vectors, number) -> scale(on, vectors, limit, total));
    return value;
  }

  private static void scale(Backend on, Batch tensor, double limit, Scaled total) {
    Rescaling.quotients(tensor.count(), limit, total).write(tensor, tensor, Into.REPLACE, on);
  }

  private Scaled total(Norm norm, TensorList tensors) {
    Norm inner = norm.equals(Norm.L2) ? Norm.SQUARED_L2 : norm;
    Optional<Scaled> plain = norm.isSum() ? plainSum(inner, tensors) : Optional.empty();
    if (plain.isPresent()) {
      return norm.equals(Norm.L2) ? plain.get().rootOfAny() : plain.get();
    }
    Scaled[] parts = new Scaled[tensors.vectors()];
    forEach(
        tensors,
        false,
        (on, some, number) ->
            Reductions.of(on, List.of(inner), some, new LongAdder())
                .finish(inner, (value, i) -> parts[number.applyAsInt((int) i)] = value));
    return total(norm, parts);
  }

  /** Sums small tensors, where no sum leaves the safe range, with the bits of {@link #total}. */
  private Optional<Scaled> plainSum(Norm inner, TensorList tensors) {
    return session.reduceEach(tensors, inner.primitive()).flatMap(s -> plainSum(inner, s));
  }

  private static Optional<Scaled> plainSum(Norm inner, PairSums sums) {
    double hi = 0;
    double lo = 0;
    for (int i = 0; i < sums.hi().length; i++) {
      double next = sums.hi()[i];
      if (!Reductions.isSafe(inner.primitive(), next)) {
        return Optional.empty();
      }
      double sum = hi + next;
      lo = (lo + sums.lo()[i]) + DoubleDouble.sumError(hi, next, sum);
      hi = sum;
    }
    return Double.isFinite(hi) ? Optional.of(new Scaled(hi, lo, 0)) : Optional.empty();
  }

  private Scaled total(Norm norm, Scaled[] parts) {
    return switch (norm.rule()) {
      case COUNT, SUM -> fold(parts, 0, Scaled::plus);
      case ROOT_OF_SUM -> fold(parts, 0, Scaled::plus).rootOfAny();
      case EXTREME ->
          norm.equals(Norm.LINF)
              ? fold(parts, 0, MatrixNorm.Fold.MAX::apply)
              : fold(parts, Double.POSITIVE_INFINITY, MatrixNorm.Fold.MIN::apply);
      case POWER -> Scaled.of(ofNorms(norm, parts));
    };
  }

  private static Scaled fold(
      Scaled[] parts, double neutral, BiFunction<Scaled, Scaled, Scaled> function) {
    Scaled folded = Scaled.of(neutral);
    for (Scaled part : parts) {
      folded = function.apply(folded, part);
    }
    return folded;
  }

  private double ofNorms(Norm norm, Scaled[] parts) {
    double[] norms = new double[parts.length];
    for (int i = 0; i < parts.length; i++) {
      norms[i] = parts[i].value();
    }
    double[] total = new double[1];
    session.run(
        List.of(norm),
        Batch.of(norms),
        new LongAdder(),
        (n, first, block) -> total[0] = block.values(norm)[0]);
    return total[0];
  }

  /**
   * Does something with all tensors, small ones together, and writes back where it changes them.
   */
  private void forEach(TensorList tensors, boolean changes, TensorPack.Action action) {
    List<TensorPack> packs = tensors.packs();
    HostPack.Scratch scratch = new HostPack.Scratch();
    session.inParallel(
        tensors,
        packs.size(),
        (on, from, to) -> {
          for (int i = (int) from; i < to; i++) {
            packs.get(i).run(on, scratch, changes, action);
          }
        });
    int first = 0;
    for (Batch tensor : tensors.tensors()) {
      int vector = first;
      if (!TensorPack.fits(tensor)) {
        session.inBlocks(
            List.of(tensor),
            (on, from, to) -> action.run(on, tensor.slice(from, to), i -> vector + (int) from + i));
      }
      first += (int) tensor.count();
    }
  }
}
