package dev.norma.cpu;

import static dev.norma.cpu.ChunkFold.CHUNK;

import dev.norma.spi.Layout;
import dev.norma.spi.Plan;
import dev.norma.spi.PlanResult;
import dev.norma.spi.StridedLayout;

/**
 * Reduces vectors one after the other: many short ones at a time, chunk by chunk where they are
 * longer, and with all threads on one where it is a large part of all there is.
 */
final class RowPass {
  private final Plan plan;
  private final Layout layout;
  private final Tasks tasks;
  private final PlanResult result;
  private final long longest;

  RowPass(Plan plan, Workers workers, PlanResult result) {
    this.plan = plan;
    this.layout = plan.batch().layout();
    this.result = result;
    this.tasks = new Tasks(plan.batch(), workers);
    this.longest = tasks.longest();
  }

  void run() {
    tasks.run(
        range -> {
          Reducer reducer = new Reducer();
          reducer.vectors(range.from(), range.to());
          reducer.tellProgress();
        });
    for (int vector = 0; vector < plan.count(); vector++) {
      if (layout.length(vector) > longest) {
        split(vector);
      }
    }
  }

  /** Reduces one long vector on all threads: its chunks in any order, then their fold in theirs. */
  private void split(int vector) {
    long length = layout.length(vector);
    int chunks = Math.toIntExact((length + CHUNK - 1) / CHUNK);
    double[][] hi = new double[plan.primitives().size()][chunks];
    double[][] lo = new double[plan.primitives().size()][chunks];
    tasks.run(
        chunks,
        CHUNK,
        range -> {
          ChunkReducer chunkReducer = new ChunkReducer(plan);
          for (int chunk = range.from(); chunk < range.to(); chunk++) {
            long from = (long) chunk * CHUNK;
            int n = (int) Math.min(CHUNK, length - from);
            chunkReducer.chunk(vector, from, n, hi, lo, chunk);
            plan.progress().add(n);
          }
        });
    for (int i = 0; i < hi.length; i++) {
      ChunkFold fold = ChunkFold.of(plan.primitives().get(i), plan.batch().type());
      for (int chunk = 0; chunk < chunks; chunk++) {
        fold.add(hi[i][chunk], lo[i][chunk]);
      }
      put(fold, i, vector);
    }
  }

  private void put(ChunkFold fold, int primitive, int vector) {
    fold.finish();
    result.hi(primitive)[vector] = fold.hi();
    if (plan.primitives().get(primitive).isSum()) {
      result.lo(primitive)[vector] = fold.lo();
    }
  }

  /** Returns what reduces vectors that are not to be split; used by one thread. */
  Reducer reducer() {
    return new Reducer();
  }

  /** Reduces the vectors of a range that are not split. */
  final class Reducer {
    private final ChunkReducer chunkReducer = new ChunkReducer(plan);
    private final double[][] hi = new double[plan.primitives().size()][];
    private final double[][] lo = new double[plan.primitives().size()][];
    private final double[][] chunkHi = new double[hi.length][1];
    private final double[][] chunkLo = new double[hi.length][1];
    private final ChunkFold[] folds = new ChunkFold[hi.length];
    private final boolean grouped;
    private final long first;
    private final long stride;
    private ShortRows shortRows;
    private long done;

    private Reducer() {
      boolean regular = layout instanceof StridedLayout strided && strided.vectors().rank() <= 1;
      grouped = regular && layout.contiguous() && !plan.scaled() && plan.count() > 0;
      first = grouped ? layout.start(0) : 0;
      stride = grouped ? ((StridedLayout) layout).vectors().innerStride() : 0;
      for (int i = 0; i < hi.length; i++) {
        hi[i] = result.hi(i);
        lo[i] = result.lo(i);
        folds[i] = ChunkFold.of(plan.primitives().get(i), plan.batch().type());
      }
    }

    void vectors(int from, int to) {
      long length = grouped && from < to ? layout.length(from) : 0;
      if (length > 0 && length <= CHUNK) {
        if (length <= ShortRows.LONGEST && to - from >= ShortRows.FEWEST) {
          shortRows(from, to, (int) length);
        } else {
          groups(from, to, (int) length);
        }
        return;
      }
      for (int vector = from; vector < to; vector++) {
        if (layout.length(vector) <= longest) {
          vector(vector);
        }
      }
    }

    private void shortRows(int from, int to, int length) {
      shortRows = shortRows == null ? new ShortRows(plan) : shortRows;
      shortRows.reduce(first + from * stride, stride, to - from, length, hi, lo, from);
      done += (long) (to - from) * length;
    }

    private void groups(int from, int to, int length) {
      int most = CHUNK / length;
      for (int vector = from; vector < to; vector += most) {
        int rows = Math.min(most, to - vector);
        chunkReducer.rows(first + vector * stride, stride, rows, length, hi, lo, vector);
        done += (long) rows * length;
      }
    }

    private void vector(int vector) {
      long length = layout.length(vector);
      if (length > 0 && length <= CHUNK) {
        chunkReducer.chunk(vector, 0, (int) length, hi, lo, vector);
      } else {
        for (long at = 0; at < length; at += CHUNK) {
          chunkReducer.chunk(vector, at, (int) Math.min(CHUNK, length - at), chunkHi, chunkLo, 0);
          for (int i = 0; i < folds.length; i++) {
            folds[i].add(chunkHi[i][0], chunkLo[i][0]);
          }
        }
        for (int i = 0; i < folds.length; i++) {
          put(folds[i], i, vector);
        }
      }
      done += length;
    }

    /**
     * Adds what was done since the last time to the progress of the plan: seldom, as it waits until
     * all that was written before is in cache.
     */
    void tellProgress() {
      plan.progress().add(done);
      done = 0;
    }
  }
}
