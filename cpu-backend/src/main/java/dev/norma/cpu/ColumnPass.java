package dev.norma.cpu;

import static dev.norma.cpu.ChunkFold.CHUNK;
import static dev.norma.cpu.ChunkFold.LANES;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.spi.Plan;
import dev.norma.spi.PlanResult;
import dev.norma.spi.Primitive;
import dev.norma.spi.StridedLayout;
import java.util.Arrays;

/**
 * Reduces many vectors at once that lie side by side, as columns of a row-major matrix do: memory
 * is read along the rows, and each lane of each column is a running sum of its own.
 *
 * <p>The lanes of a chunk are summed one after the other in the order in which their fold needs
 * them, so that six rows of sums are enough; a lane takes eight of its rows in one pass, which
 * keeps eight streams of memory busy and the sums in cache.
 */
final class ColumnPass {
  /** Fewer columns than this are better gathered one by one. */
  private static final int FEWEST = 8;

  /** More columns than this are cut into panels, so that their sums stay in cache. */
  private static final int WIDEST = 4096;

  /** Panels are not made narrower than this for the sake of another thread. */
  private static final int NARROWEST = 256;

  private static final int LOG_LANES = 5;

  private final Plan plan;
  private final Workers workers;
  private final PlanResult result;
  private final StridedLayout layout;
  private final Elements elements;
  private final long rowStride;
  private final long rows;
  private final int chunks;
  private final long run;
  private final double[][] chunkHi;
  private final double[][] chunkLo;

  ColumnPass(Plan plan, Workers workers, PlanResult result) {
    this.plan = plan;
    this.workers = workers;
    this.result = result;
    this.layout = (StridedLayout) plan.batch().layout();
    this.elements = plan.batch().elements();
    this.rowStride = layout.elements().innerStride();
    this.rows = layout.elements().size();
    this.chunks = Math.toIntExact((rows + CHUNK - 1) / CHUNK);
    this.run = layout.vectors().innerSize();
    boolean direct = chunks == 1;
    int size = Math.multiplyExact(chunks, plan.count());
    this.chunkHi = new double[plan.primitives().size()][direct ? 0 : size];
    this.chunkLo = new double[plan.primitives().size()][direct ? 0 : size];
    for (int i = 0; direct && i < chunkHi.length; i++) {
      chunkHi[i] = result.hi(i);
      chunkLo[i] = result.lo(i);
    }
  }

  /** Tells whether the vectors of a plan lie side by side. */
  static boolean fits(Plan plan) {
    return !plan.scaled()
        && plan.batch().layout() instanceof StridedLayout layout
        && layout.elements().rank() == 1
        && layout.elements().size() > 0
        && !layout.contiguous()
        && layout.vectors().rank() >= 1
        && layout.vectors().innerStride() == 1
        && Math.min(layout.vectors().innerSize(), layout.count()) >= FEWEST;
  }

  void run() {
    Tasks tasks = new Tasks(plan, workers);
    int width = panelWidth();
    int panelsPerRun = Math.toIntExact((run + width - 1) / width);
    long firstRun = layout.first() / run;
    int runs = Math.toIntExact((layout.first() + layout.count() - 1) / run - firstRun + 1);
    int units = Math.multiplyExact(Math.multiplyExact(runs, panelsPerRun), chunks);
    tasks.run(
        units,
        Math.min(rows, CHUNK) * width,
        range -> {
          Panel panel = new Panel(width);
          for (int unit = range.from(); unit < range.to(); unit++) {
            long inRun = (long) (unit / chunks % panelsPerRun) * width;
            long start = (firstRun + unit / chunks / panelsPerRun) * run;
            panel.reduce(start + inRun, start + Math.min(run, inRun + width), unit % chunks);
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

  /** Sums of some neighbouring columns over a chunk of rows; used by one thread. */
  private final class Panel {
    private final Kernel[] kernels;
    private final boolean[] pairs;
    private final double[][][] hi;
    private final double[][][] lo;
    private final int[] at = new int[Kernel.MOST_AT_ONCE];
    private final ElementReader reader = new ElementReader();
    private final double[] tile64;
    private final float[] tile32;
    private long position;
    private int width;
    private int chunkRows;

    Panel(int widest) {
      Batch batch = plan.batch();
      int count = plan.primitives().size();
      kernels = plan.primitives().stream().map(Kernel::of).toArray(Kernel[]::new);
      pairs = new boolean[count];
      for (int i = 0; i < count; i++) {
        pairs[i] = plan.primitives().get(i).compensated(batch.type());
      }
      hi = new double[count][LOG_LANES + 1][widest + LANES];
      lo = new double[count][LOG_LANES + 1][widest + LANES];
      int tile =
          elements.array() == null
                  || batch.type() == ElementType.F16
                  || batch.type() == ElementType.BF16
              ? Kernel.MOST_AT_ONCE * widest
              : 0;
      tile64 = batch.type() == ElementType.F64 ? new double[tile] : null;
      tile32 = batch.type() == ElementType.F64 ? null : new float[tile];
    }

    /** Reduces those of the columns numbered from the first of the array that the plan has. */
    void reduce(long fromColumn, long toColumn, int chunk) {
      long from = Math.max(fromColumn, layout.first());
      long to = Math.min(toColumn, layout.first() + layout.count());
      if (from >= to) {
        return;
      }
      int vector = (int) (from - layout.first());
      width = (int) (to - from);
      chunkRows = (int) Math.min(CHUNK, rows - (long) chunk * CHUNK);
      position = layout.start(vector) + (long) chunk * CHUNK * rowStride;
      sum(0, 1, 0);
      for (int i = 0; i < kernels.length; i++) {
        int out = chunks == 1 ? vector : chunk * plan.count() + vector;
        System.arraycopy(hi[i][0], 0, chunkHi[i], out, width);
        if (pairs[i]) {
          System.arraycopy(lo[i][0], 0, chunkLo[i], out, width);
        }
      }
      plan.progress().add((long) width * chunkRows);
    }

    /** Leaves in place {@code depth} what folding the lanes 16, …, s makes of this lane. */
    private void sum(int lane, int s, int depth) {
      if (s == LANES) {
        sumLane(lane, depth);
        return;
      }
      sum(lane, 2 * s, depth);
      if (lane + s >= chunkRows) {
        return; // all lanes behind are empty, and adding an empty one changes nothing
      }
      sum(lane + s, 2 * s, depth + 1);
      for (int i = 0; i < kernels.length; i++) {
        kernels[i].fold(
            hi[i][depth], lo[i][depth], hi[i][depth + 1], lo[i][depth + 1], width, pairs[i]);
      }
    }

    private void sumLane(int lane, int depth) {
      for (int i = 0; i < kernels.length; i++) {
        Arrays.fill(hi[i][depth], 0, width, kernels[i].neutral());
        Arrays.fill(lo[i][depth], 0, width, 0);
      }
      for (int row = lane; row < chunkRows; row += Kernel.MOST_AT_ONCE * LANES) {
        int n = Math.min(Kernel.MOST_AT_ONCE, (chunkRows - row + LANES - 1) / LANES);
        add(row, n, depth);
      }
    }

    private void add(int row, int n, int depth) {
      if (elements.array() instanceof double[] array) {
        locate(row, n);
        add(array, n, depth);
      } else if (elements.array() instanceof float[] array) {
        locate(row, n);
        add(array, n, depth);
      } else {
        copy(row, n);
        if (tile64 != null) {
          add(tile64, n, depth);
        } else {
          add(tile32, n, depth);
        }
      }
    }

    private void locate(int row, int n) {
      for (int k = 0; k < n; k++) {
        at[k] = (int) (position + (row + (long) k * LANES) * rowStride);
      }
    }

    private void copy(int row, int n) {
      for (int k = 0; k < n; k++) {
        long from = position + (row + (long) k * LANES) * rowStride;
        at[k] = k * width;
        if (tile64 != null) {
          reader.copyDoubles(elements, from, 1, width, tile64, at[k]);
        } else {
          reader.copyFloats(elements, from, 1, width, tile32, at[k]);
        }
      }
    }

    private void add(double[] a, int n, int depth) {
      for (int i = 0; i < kernels.length; i++) {
        kernels[i].columns(a, at, n, width, hi[i][depth], lo[i][depth]);
      }
    }

    private void add(float[] a, int n, int depth) {
      for (int i = 0; i < kernels.length; i++) {
        kernels[i].columns(a, at, n, width, hi[i][depth], lo[i][depth]);
      }
    }
  }
}
