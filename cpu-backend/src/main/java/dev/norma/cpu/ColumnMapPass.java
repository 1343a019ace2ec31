package dev.norma.cpu;

import static dev.norma.cpu.Tasks.TASK_ELEMENTS;

import dev.norma.Batch;
import dev.norma.spi.MapPlan;
import dev.norma.spi.StridedLayout;
import java.util.Arrays;

/**
 * Writes functions of the elements of vectors that lie side by side, as columns of a row-major
 * matrix do: memory is walked along its rows, with the coefficients of one vector after the other.
 */
final class ColumnMapPass {
  /** Fewer columns than this are better taken one by one. */
  private static final int FEWEST = 8;

  /** Longer rows are cut, so that coefficients stay in cache and every thread gets some. */
  private static final int WIDEST = 1 << 16;

  private final MapPlan plan;
  private final Tasks tasks;
  private final long rows;
  private final int[] panels;

  ColumnMapPass(MapPlan plan, Workers workers) {
    this.plan = plan;
    tasks = new Tasks(plan.batches(), workers);
    rows = plan.x().layout().length(0);
    panels = panels((StridedLayout) plan.x().layout());
  }

  /** Tells whether the vectors of all batches lie side by side, with gaps at the same places. */
  static boolean fits(MapPlan plan) {
    return plan.batches().stream().allMatch(ColumnMapPass::areColumns)
        && plan.batches().stream().map(ColumnMapPass::firstGap).distinct().count() == 1
        && plan.batches().stream().map(ColumnMapPass::distance).distinct().count() == 1;
  }

  private static boolean areColumns(Batch batch) {
    return batch.layout() instanceof StridedLayout layout
        && layout.size() > 0
        && !layout.contiguous()
        && layout.vectors().rank() >= 1
        && layout.vectors().innerStride() == 1
        && Math.min(layout.vectors().innerSize(), layout.count()) >= FEWEST;
  }

  /** Returns the number of vectors before the first gap between neighbours. */
  private static long firstGap(Batch batch) {
    StridedLayout layout = (StridedLayout) batch.layout();
    long inner = layout.vectors().innerSize();
    return Math.min(layout.count(), inner - layout.first() % inner);
  }

  /** Returns the number of vectors from one gap to the next, 0 where there is none. */
  private static long distance(Batch batch) {
    boolean gap = firstGap(batch) < batch.count();
    return gap ? ((StridedLayout) batch.layout()).vectors().innerSize() : 0;
  }

  /** Returns the first vector of each panel of neighbours, and the number of all vectors. */
  private int[] panels(StridedLayout layout) {
    long inner = layout.vectors().innerSize();
    int[] starts = new int[16];
    int n = 0;
    for (long vector = 0; vector < plan.count(); n++) {
      starts = n + 1 < starts.length ? starts : Arrays.copyOf(starts, 2 * starts.length);
      starts[n] = (int) vector;
      vector += Math.min(WIDEST, inner - (layout.first() + vector) % inner);
    }
    starts[n] = plan.count();
    return Arrays.copyOf(starts, n + 1);
  }

  /** Writes the values. */
  void write() {
    Coefficients coefficients = Coefficients.ofAll(plan);
    long width = Math.max(1, plan.count() / (panels.length - 1));
    long band = Math.clamp(TASK_ELEMENTS / width, 1, rows);
    int bands = Math.toIntExact((rows + band - 1) / band);
    tasks.run(
        Math.multiplyExact(bands, panels.length - 1),
        band * width,
        range -> {
          TileMapper mapper = new TileMapper(plan, coefficients);
          for (int unit = range.from(); unit < range.to(); unit++) {
            int panel = unit / bands;
            long from = unit % bands * band;
            write(mapper, from, Math.min(rows, from + band), panels[panel], panels[panel + 1]);
          }
        });
  }

  private static void write(TileMapper mapper, long firstRow, long endRow, int from, int to) {
    for (long row = firstRow; row < endRow; row++) {
      mapper.writeRow(row, from, to);
    }
  }
}
