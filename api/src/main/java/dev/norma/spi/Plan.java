package dev.norma.spi;

import dev.norma.Batch;
import dev.norma.Elements;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a backend executes: some primitives of every vector of a batch, in one pass over memory.
 * Made and checked by the façade; not changed by anyone afterwards.
 */
public final class Plan {
  private final Batch batch;
  private final List<Primitive> primitives;
  private final double[] scales;
  private final LongAdder progress;

  /**
   * Makes a plan.
   *
   * @param scales null, or for each vector a positive finite number s; the sums are then over |x| /
   *     s. For {@link Primitive#ABS_SUM} and {@link Primitive#SQUARE_SUM} s is a power of two in
   *     [2<sup>−1021</sup>, 2<sup>1022</sup>] and the elements are binary64; for {@link
   *     Primitive.Kind#POW_SUM} it is required. Where nothing will be looked at of a vector, s is
   *     1, which is then neither its largest nor its smallest element. Counts and extremes do not
   *     look at it.
   * @param progress where the backend adds the number of elements it is done with
   */
  public Plan(Batch batch, List<Primitive> primitives, double[] scales, LongAdder progress) {
    this.batch = batch;
    this.primitives = List.copyOf(primitives);
    this.scales = scales;
    this.progress = progress;
  }

  /** Returns the vectors; there are fewer than 2<sup>31</sup> of them. */
  public Batch batch() {
    return batch;
  }

  /** Returns the number of vectors. */
  public int count() {
    return Math.toIntExact(batch.count());
  }

  /** Returns the number of bytes of all elements. */
  public long bytes() {
    return batch.layout().size() * batch.type().bytes();
  }

  /** Returns the same of the vectors {@code from} (inclusive) to {@code to} (exclusive). */
  public Plan slice(int from, int to) {
    double[] some = scales == null ? null : Arrays.copyOfRange(scales, from, to);
    return new Plan(batch.slice(from, to), primitives, some, progress);
  }

  /** Returns the same of vectors that lie at the same positions of other elements. */
  public Plan on(Elements elements) {
    return new Plan(batch.on(elements), primitives, scales, progress);
  }

  /** Returns what is computed of each vector. */
  public List<Primitive> primitives() {
    return primitives;
  }

  /** Tells whether the vectors have scales. */
  public boolean scaled() {
    return scales != null;
  }

  /** Returns the scale of a vector, 1 where the plan has none. */
  public double scale(int vector) {
    return scales == null ? 1 : scales[vector];
  }

  /** Returns where the backend adds the number of elements it is done with. */
  public LongAdder progress() {
    return progress;
  }

  @Override
  public String toString() {
    return primitives + (scaled() ? " scaled" : "") + " of " + batch;
  }
}
