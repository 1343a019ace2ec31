package dev.norma;

import dev.norma.spi.Backend;
import dev.norma.spi.ElementMap;
import dev.norma.spi.MapPlan;
import dev.norma.spi.Plan;
import dev.norma.spi.PlanResult;
import dev.norma.spi.Primitive;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ObjLongConsumer;

/**
 * What the norms of the vectors of one block are finished from, right for every range of numbers:
 * this is the one place above all backends where a vector whose sum left the safe range is summed
 * again, scaled, and where sums of p-th powers get the scale that they always have.
 */
final class Reductions {
  /**
   * A sum of squares below this may have lost bits to underflow; above it, what a square or its
   * rounding error lost is smaller by 2<sup>−170</sup>.
   */
  private static final double SMALLEST_SAFE_SQUARE_SUM = 0x1p-900;

  /**
   * A sum of squares above this may have two finite parts beyond all numbers together, and yet a
   * root. A sum of magnitudes needs no such limit: where its parts are infinite together, so is the
   * norm.
   */
  private static final double LARGEST_SAFE_SQUARE_SUM = 0x1p1000;

  /** Scales lie in this range, so that their reciprocals are normal numbers too. */
  private static final int SMALLEST_SCALE = -1021;

  private static final int LARGEST_SCALE = 1022;

  private static final List<Primitive> ABS_MAX = List.of(Primitive.ABS_MAX);

  private final Backend backend;
  private final Batch batch;
  private final LongAdder progress;
  private final Map<Primitive, Reduced> reduced = new HashMap<>();
  private final Set<String> backends = new LinkedHashSet<>();

  /** One primitive of each vector: hi + lo over |x| / scale; null scales are all 1. */
  private static final class Reduced {
    private final double[] hi;
    private final double[] lo;
    private final double[] scales;

    Reduced(double[] hi, double[] lo, double[] scales) {
      this.hi = hi;
      this.lo = lo;
      this.scales = scales;
    }
  }

  private Reductions(Backend backend, Batch batch, LongAdder progress) {
    this.backend = backend;
    this.batch = batch;
    this.progress = progress;
  }

  /** Reduces the vectors of a batch to what the given norms are finished from. */
  static Reductions of(Backend backend, List<Norm> norms, Batch batch, LongAdder progress) {
    Reductions reductions = new Reductions(backend, batch, progress);
    List<Primitive> primitives = norms.stream().map(Norm::primitive).distinct().toList();
    reductions.unscaled(primitives.stream().map(Reductions::firstOf).distinct().toList());
    reductions.rescue(Primitive.ABS_SUM);
    reductions.rescue(Primitive.SQUARE_SUM);
    reductions.powers(primitives, Primitive.ABS_MAX);
    reductions.powers(primitives, Primitive.ABS_MIN);
    return reductions;
  }

  /** Returns how often all vectors are read for some norms, where none has to be rescued. */
  static int passes(List<Norm> norms) {
    List<Primitive> primitives = norms.stream().map(Norm::primitive).toList();
    long scaled =
        primitives.stream()
            .filter(p -> !firstOf(p).equals(p))
            .map(Reductions::firstOf)
            .distinct()
            .count();
    return norms.isEmpty() ? 0 : 1 + (int) scaled;
  }

  /** Returns the names of the backends that ran. */
  Set<String> backends() {
    return backends;
  }

  private PlanResult run(Plan plan) {
    PlanResult result = backend.run(plan);
    backends.addAll(List.of(result.backend().split("\\+", -1)));
    return result;
  }

  /** Returns the number of vectors. */
  int count() {
    return Math.toIntExact(batch.count());
  }

  /** Returns, for the largest or smallest element of every vector, how many are like it. */
  double[] ties(Norm extreme) {
    double[][] values = {reduced.get(extreme.primitive()).hi};
    return backend.sum(MapPlan.summing(ElementMap.EQUAL, values, batch, null)).hi();
  }

  /** Returns a norm of every vector. */
  double[] values(Norm norm) {
    Reduced of = reduced.get(norm.primitive());
    double[] values = new double[of.hi.length];
    if (of.scales == null && norm.finishesPlainly()) {
      norm.finishPlain(of.hi, of.lo, values);
    } else {
      finish(norm, (value, i) -> values[(int) i] = value.value());
    }
    return values;
  }

  /** Finishes a norm of every vector, in their order, but for its last rounding. */
  void finish(Norm norm, ObjLongConsumer<Scaled> sink) {
    Reduced of = reduced.get(norm.primitive());
    for (int i = 0; i < of.hi.length; i++) {
      double lo = of.lo.length == 0 ? 0 : of.lo[i];
      sink.accept(norm.finish(of.hi[i], lo, of.scales == null ? 1 : of.scales[i]), i);
    }
  }

  /** Powers are taken over the largest element, or over the smallest where p is negative. */
  private static Primitive firstOf(Primitive primitive) {
    if (primitive.kind() != Primitive.Kind.POW_SUM) {
      return primitive;
    }
    return primitive.exponent() > 0 ? Primitive.ABS_MAX : Primitive.ABS_MIN;
  }

  private void unscaled(List<Primitive> primitives) {
    PlanResult result = run(new Plan(batch, primitives, null, progress));
    for (int i = 0; i < primitives.size(); i++) {
      reduced.put(primitives.get(i), new Reduced(result.hi(i), result.lo(i), null));
    }
  }

  private void powers(List<Primitive> primitives, Primitive pivot) {
    List<Primitive> powers =
        primitives.stream().filter(p -> !p.equals(pivot) && firstOf(p).equals(pivot)).toList();
    if (powers.isEmpty()) {
      return;
    }
    double[] scales = reduced.get(pivot).hi;
    for (Primitive power : powers) {
      int count = scales.length;
      reduced.put(power, new Reduced(new double[count], new double[count], scales));
    }
    // A pivot of 0, infinity or NaN is itself the norm: nothing is left to sum.
    long[] ordinary = new long[scales.length];
    int count = 0;
    for (int i = 0; i < scales.length; i++) {
      if (scales[i] > 0 && Double.isFinite(scales[i])) {
        ordinary[count++] = i;
      }
    }
    scaled(powers, Arrays.copyOf(ordinary, count), scales);
  }

  private void rescue(Primitive sum) {
    Reduced fast = reduced.get(sum);
    long[] unsafe =
        fast == null || !sum.compensated(batch.type()) ? new long[0] : unsafe(sum, fast.hi);
    if (unsafe.length == 0) {
      return;
    }
    double[] largest = largest(unsafe);
    double[] scales = new double[fast.hi.length];
    Arrays.fill(scales, 1);
    int count = 0;
    for (int i = 0; i < unsafe.length; i++) {
      int vector = (int) unsafe[i];
      if (largest[i] > 0 && Double.isFinite(largest[i])) {
        scales[vector] = scale(largest[i]);
        unsafe[count++] = vector;
      } else {
        fast.lo[vector] = 0; // the sum is 0, infinite or NaN, and hi says which
      }
    }
    reduced.put(sum, new Reduced(fast.hi, fast.lo, scales));
    scaled(List.of(sum), Arrays.copyOf(unsafe, count), scales);
  }

  /** Finds the largest element of some vectors; of most, it reads all, which is faster. */
  private double[] largest(long[] vectors) {
    boolean most = areMost(vectors);
    Batch of = most ? batch : batch.select(vectors);
    double[] largest = run(new Plan(of, ABS_MAX, null, progress)).hi(0);
    return most ? Arrays.stream(vectors).mapToDouble(v -> largest[(int) v]).toArray() : largest;
  }

  /** All vectors of a regular batch may be read faster than a half that lies scattered. */
  private boolean areMost(long[] vectors) {
    return 2L * vectors.length >= batch.count();
  }

  /** Returns the vectors whose sum is outside of the range where it is right without scales. */
  static long[] unsafe(Primitive sum, double[] hi) {
    long[] unsafe = new long[hi.length];
    int count = 0;
    for (int i = 0; i < hi.length; i++) {
      if (!isSafe(sum, hi[i])) {
        unsafe[count++] = i;
      }
    }
    return Arrays.copyOf(unsafe, count);
  }

  /** Tells whether the sum of a vector without a scale is good for what is made of it. */
  static boolean isSafe(Primitive sum, double hi) {
    return sum.equals(Primitive.SQUARE_SUM)
        ? hi >= SMALLEST_SAFE_SQUARE_SUM && hi <= LARGEST_SAFE_SQUARE_SUM
        : hi >= 0 && hi <= Double.MAX_VALUE;
  }

  private static double scale(double largest) {
    int exponent = Math.getExponent(largest);
    return Math.scalb(1.0, Math.clamp(exponent, SMALLEST_SCALE, LARGEST_SCALE));
  }

  /**
   * Runs sums of some vectors over their scales and puts them in place. Of most, it runs all, the
   * others over 1, which every vector may have.
   */
  private void scaled(List<Primitive> sums, long[] vectors, double[] scales) {
    if (vectors.length == 0) {
      return;
    }
    boolean most = areMost(vectors);
    double[] used = new double[most ? scales.length : vectors.length];
    Arrays.fill(used, 1);
    for (int i = 0; i < vectors.length; i++) {
      used[most ? (int) vectors[i] : i] = scales[(int) vectors[i]];
    }
    PlanResult result = run(new Plan(most ? batch : batch.select(vectors), sums, used, progress));
    for (int k = 0; k < sums.size(); k++) {
      Reduced into = reduced.get(sums.get(k));
      for (int i = 0; i < vectors.length; i++) {
        int vector = (int) vectors[i];
        into.hi[vector] = result.hi(k)[most ? vector : i];
        into.lo[vector] = result.lo(k)[most ? vector : i];
      }
    }
  }
}
