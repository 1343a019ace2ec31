package dev.norma.cpu;

import dev.norma.Batch;
import dev.norma.spi.ElementMap;
import dev.norma.spi.Layout;
import dev.norma.spi.MapPlan;
import dev.norma.spi.StridedLayout;

/**
 * Writes functions of the elements of one vector after the other by SIMD: multiples of elements in
 * Java arrays where they lie, all others by a {@link TileMapper}. Used by one thread.
 *
 * <p>What it takes to find a vector is looked up once: while the processor does that before each,
 * it neither reads nor writes.
 */
final class RowMapper {
  private final MapPlan plan;
  private final boolean inPlace;
  private final Rows x;
  private final Rows out;
  private TileMapper tiles;

  RowMapper(MapPlan plan) {
    this.plan = plan;
    x = new Rows(plan.x());
    out = new Rows(plan.out());
    boolean scale = plan.map().kind() == ElementMap.Kind.SCALE && !plan.adds();
    inPlace = scale && x.areArray() && out.areArray();
  }

  /** Writes all elements of the vectors {@code from} to {@code to}. */
  void write(int from, int to) {
    for (int vector = from; vector < to; vector++) {
      write(vector, 0, plan.x().layout().length(vector));
    }
  }

  /** Writes elements {@code from} to {@code to} of a vector. */
  void write(int vector, long from, long to) {
    if (inPlace && isPlain(vector)) {
      scale(vector, from, (int) (to - from));
    } else {
      tiles = tiles == null ? new TileMapper(plan, Coefficients.ofOne(plan)) : tiles;
      tiles.write(vector, from, to);
    }
  }

  /** Tells whether nothing is multiplied by powers of two before and after. */
  private boolean isPlain(int vector) {
    return plan.coefficients(2)[vector] == 1 && plan.coefficients(3)[vector] == 1;
  }

  private void scale(int vector, long from, int n) {
    double hi = plan.coefficients(0)[vector];
    double lo = plan.coefficients(1)[vector];
    int at = (int) (x.start(vector) + from);
    int to = (int) (out.start(vector) + from);
    if (x.floats != null) {
      ScaleKernel.scale(x.floats, at, n, hi, lo, out.floats, to);
    } else {
      ScaleKernel.scale(x.doubles, at, n, hi, lo, out.doubles, to);
    }
  }

  /** Where the vectors of a batch lie. */
  private static final class Rows {
    private final double[] doubles;
    private final float[] floats;
    private final Layout layout;
    private final boolean regular;
    private final long first;
    private final long stride;

    Rows(Batch batch) {
      layout = batch.layout();
      Object array = layout.contiguous() ? batch.elements().array() : null;
      doubles = array instanceof double[] a ? a : null;
      floats = array instanceof float[] a ? a : null;
      regular = layout instanceof StridedLayout s && s.vectors().rank() <= 1 && s.count() > 0;
      first = regular ? layout.start(0) : 0;
      stride = regular ? ((StridedLayout) layout).vectors().innerStride() : 0;
    }

    boolean areArray() {
      return doubles != null || floats != null;
    }

    long start(int vector) {
      return regular ? first + vector * stride : layout.start(vector);
    }
  }
}
