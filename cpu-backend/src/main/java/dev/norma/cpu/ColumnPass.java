package dev.norma.cpu;

import static dev.norma.cpu.ChunkFold.CHUNK;
import static dev.norma.cpu.ChunkFold.LANES;

import dev.norma.spi.Plan;
import dev.norma.spi.PlanResult;
import dev.norma.spi.Primitive;
import dev.norma.spi.StridedLayout;

/**
 * Reduces many vectors at once that lie side by side, as columns of a row-major matrix do: memory
 * is read along the rows, in panels of neighbouring columns and chunks of rows.
 */
final class ColumnPass {
  /** Fewer columns than this are better gathered one by one. */
  private static final int FEWEST = 8;

  /** More columns than this are cut into panels, so that their sums stay in cache. */
  private static final int WIDEST = 4096;

  /** Panels are not made narrower than this for the sake of another thread. */
  private static final int NARROWEST = 256;

  private final Plan plan;
  private final Workers workers;
  private final PlanResult result;
  private final StridedLayout layout;
  private final long rowStride;
  private final long rows;
  private final int chunks;
  private final long run;
  private final double[] factors;
  private final double[][] chunkHi;
  private final double[][] chunkLo;

  ColumnPass(Plan plan, Workers workers, PlanResult result) {
    this.plan = plan;
    this.workers = workers;
    this.result = result;
    this.layout = (StridedLayout) plan.batch().layout();
    this.rowStride = layout.elements().innerStride();
    this.rows = layout.elements().size();
    this.chunks = Math.toIntExact((rows + CHUNK - 1) / CHUNK);
    this.run = layout.vectors().innerSize();
    this.factors = plan.scaled() ? new double[plan.count()] : null;
    for (int vector = 0; plan.scaled() && vector < factors.length; vector++) {
      factors[vector] = 1 / plan.scale(vector);
    }
    boolean direct = chunks == 1;
    int size = Math.multiplyExact(chunks, plan.count());
    this.chunkHi = new double[plan.primitives().size()][direct ? 0 : size];
    this.chunkLo = new double[plan.primitives().size()][direct ? 0 : size];
    for (int i = 0; direct && i < chunkHi.length; i++) {
      chunkHi[i] = result.hi(i);
      chunkLo[i] = result.lo(i);
    }
  }

  /** Tells whether the vectors of a plan lie side by side, and its primitives are simple. */
  static boolean fits(Plan plan) {
    return plan.primitives().stream().noneMatch(p -> p.kind() == Primitive.Kind.POW_SUM)
        && plan.batch().layout() instanceof StridedLayout layout
        && layout.elements().rank() == 1
        && layout.elements().size() > 0
        && !layout.contiguous()
        && layout.vectors().rank() >= 1
        && layout.vectors().innerStride() == 1
        && Math.min(layout.vectors().innerSize(), layout.count()) >= FEWEST;
  }

  void run() {
    Tasks tasks = new Tasks(plan.batch(), workers);
    int width = panelWidth();
    int panelsPerRun = Math.toIntExact((run + width - 1) / width);
    long firstRun = layout.first() / run;
    int runs = Math.toIntExact((layout.first() + layout.count() - 1) / run - firstRun + 1);
    int units = Math.multiplyExact(Math.multiplyExact(runs, panelsPerRun), chunks);
    tasks.run(
        units,
        Math.min(rows, CHUNK) * width,
        range -> {
          MatrixRows matrix = new MatrixRows(plan.batch().elements(), width, factors);
          ColumnReducer reducer = new ColumnReducer(plan, matrix, rows, width);
          for (int unit = range.from(); unit < range.to(); unit++) {
            long inRun = (long) (unit / chunks % panelsPerRun) * width;
            long start = (firstRun + unit / chunks / panelsPerRun) * run;
            long end = start + Math.min(run, inRun + width);
            reduce(start + inRun, end, unit % chunks, matrix, reducer);
          }
        });
    if (chunks > 1) {
      foldChunks();
    }
  }

  /** As wide as the cache allows, but narrow enough for every thread to get some. */
  private int panelWidth() {
    long width = Math.min(run, WIDEST);
    if (chunks * layout.count() / width < 2L * workers.threads()) {
      long share = (run + 2L * workers.threads() - 1) / (2L * workers.threads());
      width = Math.min(width, Math.max(NARROWEST, (share + LANES - 1) / LANES * LANES));
    }
    return (int) width;
  }

  /** Reduces those of the columns, numbered from the first of the array, that the plan has. */
  private void reduce(
      long fromColumn, long toColumn, int chunk, MatrixRows matrix, ColumnReducer reducer) {
    long from = Math.max(fromColumn, layout.first());
    long to = Math.min(toColumn, layout.first() + layout.count());
    if (from >= to) {
      return;
    }
    int vector = (int) (from - layout.first());
    int width = (int) (to - from);
    int chunkRows = (int) Math.min(CHUNK, rows - (long) chunk * CHUNK);
    long firstRow = layout.start(vector) + (long) chunk * CHUNK * rowStride;
    matrix.moveTo(firstRow, rowStride, width, vector);
    reducer.reduce(chunkRows, width);
    reducer.copyTo(chunkHi, chunkLo, chunks == 1 ? vector : chunk * plan.count() + vector, width);
    plan.progress().add((long) width * chunkRows);
  }

  private void foldChunks() {
    for (int i = 0; i < chunkHi.length; i++) {
      Primitive primitive = plan.primitives().get(i);
      ChunkFold fold = ChunkFold.of(primitive, plan.batch().type());
      for (int vector = 0; vector < plan.count(); vector++) {
        for (int chunk = 0; chunk < chunks; chunk++) {
          int at = chunk * plan.count() + vector;
          fold.add(chunkHi[i][at], chunkLo[i][at]);
        }
        fold.finish();
        result.hi(i)[vector] = fold.hi();
        if (primitive.isSum()) {
          result.lo(i)[vector] = fold.lo();
        }
      }
    }
  }
}
