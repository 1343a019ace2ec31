package dev.norma.cpu;

import dev.norma.spi.ElementMap;
import dev.norma.spi.MapPlan;

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
  private final ArrayRows x;
  private final ArrayRows out;
  private final double[] hi;
  private final double[] lo;
  private final double[] before;
  private final double[] after;
  private TileMapper tiles;

  RowMapper(MapPlan plan) {
    this.plan = plan;
    x = new ArrayRows(plan.x());
    out = new ArrayRows(plan.out());
    boolean scale = plan.map().kind() == ElementMap.Kind.SCALE && !plan.adds();
    inPlace = scale && x.areArray() && out.areArray();
    hi = inPlace ? plan.coefficients(0) : null;
    lo = inPlace ? plan.coefficients(1) : null;
    before = inPlace ? plan.coefficients(2) : null;
    after = inPlace ? plan.coefficients(3) : null;
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
    return before[vector] == 1 && after[vector] == 1;
  }

  private void scale(int vector, long from, int n) {
    int at = (int) (x.start(vector) + from);
    int to = (int) (out.start(vector) + from);
    if (x.floats != null) {
      ScaleKernel.scale(x.floats, at, n, hi[vector], lo[vector], out.floats, to);
    } else {
      ScaleKernel.scale(x.doubles, at, n, hi[vector], lo[vector], out.doubles, to);
    }
  }
}
