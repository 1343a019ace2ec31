package dev.norma.cpu;

import dev.norma.spi.ElementMap;
import dev.norma.spi.MapPlan;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Writes functions of the elements of one vector after the other by SIMD: multiples, signs and ties
 * of elements in Java arrays where they lie, all others by a {@link TileMapper}. Used by one
 * thread.
 *
 * <p>What it takes to find a vector is looked up once: while the processor does that before each,
 * it neither reads nor writes.
 */
final class RowMapper {
  private static final Set<ElementMap.Kind> IN_PLACE =
      EnumSet.of(ElementMap.Kind.SCALE, ElementMap.Kind.SIGN, ElementMap.Kind.TIE);

  private final MapPlan plan;
  private final ElementMap.Kind kind;
  private final boolean inPlace;
  private final ArrayRows x;
  private final ArrayRows out;
  private final double[][] c;
  private TileMapper tiles;

  RowMapper(MapPlan plan) {
    this.plan = plan;
    kind = plan.map().kind();
    x = new ArrayRows(plan.x());
    out = new ArrayRows(plan.out());
    inPlace = IN_PLACE.contains(kind) && !plan.adds() && x.areArray() && out.areArray();
    c = new double[kind.coefficients()][];
    Arrays.setAll(c, plan::coefficients);
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
      writeInPlace(vector, from, (int) (to - from));
    } else {
      tiles = tiles == null ? new TileMapper(plan, Coefficients.ofOne(plan)) : tiles;
      tiles.write(vector, from, to);
    }
  }

  /** Tells whether the kernels take the coefficients: those of multiples not all that there are. */
  private boolean isPlain(int vector) {
    if (kind != ElementMap.Kind.SCALE) {
      return true;
    }
    return x.floats != null
        ? ShortMultiple.fits(c[0][vector], c[2][vector], c[3][vector])
        : c[2][vector] == 1 && c[3][vector] == 1;
  }

  private void writeInPlace(int vector, long from, int n) {
    int at = (int) (x.start(vector) + from);
    int to = (int) (out.start(vector) + from);
    if (x.floats != null) {
      write(vector, x.floats, at, n, out.floats, to);
    } else {
      write(vector, x.doubles, at, n, out.doubles, to);
    }
  }

  private void write(int vector, float[] from, int at, int n, float[] into, int to) {
    switch (kind) {
      case SIGN -> ChoiceKernel.signs(from, at, n, c[0][vector], into, to);
      case TIE -> ChoiceKernel.ties(from, at, n, c[0][vector], c[1][vector], into, to);
      case SCALE -> ScaleKernel.scale(from, at, n, c[0][vector], into, to);
      default -> throw new IllegalStateException("no kernel for " + kind);
    }
  }

  private void write(int vector, double[] from, int at, int n, double[] into, int to) {
    switch (kind) {
      case SIGN -> ChoiceKernel.signs(from, at, n, c[0][vector], into, to);
      case TIE -> ChoiceKernel.ties(from, at, n, c[0][vector], c[1][vector], into, to);
      case SCALE -> ScaleKernel.scale(from, at, n, c[0][vector], c[1][vector], into, to);
      default -> throw new IllegalStateException("no kernel for " + kind);
    }
  }
}
