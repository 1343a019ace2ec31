package dev.norma.cpu;

import static dev.norma.cpu.ChunkFold.CHUNK;

import dev.norma.spi.ElementMap;
import dev.norma.spi.Finisher;
import dev.norma.spi.MapPlan;
import dev.norma.spi.Plan;
import dev.norma.spi.PlanResult;
import dev.norma.spi.Primitive;

/**
 * Reduces rows in a Java array by one primitive and writes multiples of them: the gradient of the
 * L2 norm, above all. While anything is done between reading and writing, memory has nothing to do:
 * all that can be known of the rows is looked up before. Used by one thread.
 */
final class FusedRows {
  private final Finisher finisher;
  private final PlanResult result;
  private final Kernel kernel;
  private final RowMapper others;
  private final ArrayRows x;
  private final ArrayRows out;
  private final int length;
  private final double[] hi;
  private final double[] lo;
  private final double[] before;
  private final double[] after;

  FusedRows(Plan plan, Finisher finisher, MapPlan map, PlanResult result) {
    this.finisher = finisher;
    this.result = result;
    kernel = Kernel.of(plan.primitives().get(0));
    others = new RowMapper(map);
    x = new ArrayRows(map.x());
    out = new ArrayRows(map.out());
    length = (int) map.x().layout().length(0);
    hi = map.coefficients(0);
    lo = map.coefficients(1);
    before = map.coefficients(2);
    after = map.coefficients(3);
  }

  /** Tells whether the vectors are such rows, none so short that many are reduced at a time. */
  static boolean fits(Plan plan, MapPlan map) {
    ArrayRows x = new ArrayRows(map.x());
    ArrayRows out = new ArrayRows(map.out());
    return map.map().kind() == ElementMap.Kind.SCALE
        && !map.adds()
        && !plan.scaled()
        && plan.primitives().size() == 1
        && plan.primitives().get(0).kind() != Primitive.Kind.POW_SUM
        && x.areArray()
        && out.areArray()
        && x.areRegular()
        && out.areRegular()
        && map.x().layout().length(0) > ShortRows.LONGEST
        && map.x().layout().length(0) <= CHUNK;
  }

  /** Reduces and writes the rows {@code from} (inclusive) to {@code to} (exclusive). */
  void run(int from, int to) {
    reduce(from, to - from);
    finisher.finish(result, from, to);
    for (int row = from; row < to; row++) {
      write(row);
    }
  }

  private void reduce(int row, int rows) {
    int at = (int) x.start(row);
    if (x.floats != null) {
      kernel.rows(x.floats, at, x.stride(), rows, length, result.hi(0), result.lo(0), row);
    } else {
      kernel.rows(x.doubles, at, x.stride(), rows, length, result.hi(0), result.lo(0), row);
    }
  }

  private void write(int row) {
    int at = (int) x.start(row);
    int to = (int) out.start(row);
    if (x.floats != null && ShortMultiple.fits(hi[row], before[row], after[row])) {
      ScaleKernel.scale(x.floats, at, length, hi[row], out.floats, to);
    } else if (x.doubles != null && before[row] == 1 && after[row] == 1) {
      ScaleKernel.scale(x.doubles, at, length, hi[row], lo[row], out.doubles, to);
    } else {
      others.write(row, row + 1);
    }
  }
}
