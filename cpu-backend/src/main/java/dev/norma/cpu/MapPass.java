package dev.norma.cpu;

import static dev.norma.cpu.ChunkFold.CHUNK;

import dev.norma.spi.Layout;
import dev.norma.spi.MapPlan;
import dev.norma.spi.PairSums;

/**
 * Writes or sums functions of the elements of vectors one after the other, and with all threads on
 * one where it is a large part of all there is.
 */
final class MapPass {
  private final MapPlan plan;
  private final Layout layout;
  private final Tasks tasks;
  private final long longest;

  MapPass(MapPlan plan, Workers workers) {
    this.plan = plan;
    layout = plan.x().layout();
    tasks = new Tasks(plan.batches(), workers);
    longest = tasks.longest();
  }

  /** Writes the values. */
  void write() {
    tasks.run(range -> write(range.from(), range.to()));
    for (int vector = 0; vector < plan.count(); vector++) {
      if (layout.length(vector) > longest) {
        writeSplit(vector);
      }
    }
  }

  private void write(int from, int to) {
    RowMapper mapper = new RowMapper(plan);
    for (int vector = from; vector < to; vector++) {
      long length = layout.length(vector);
      if (length <= longest) {
        mapper.write(vector, 0, length);
      }
    }
  }

  private void writeSplit(int vector) {
    long length = layout.length(vector);
    tasks.run(
        chunks(length),
        CHUNK,
        range -> {
          long end = Math.min(length, (long) range.to() * CHUNK);
          new RowMapper(plan).write(vector, (long) range.from() * CHUNK, end);
        });
  }

  private static int chunks(long length) {
    return Math.toIntExact((length + CHUNK - 1) / CHUNK);
  }

  private TileMapper mapper() {
    return new TileMapper(plan, Coefficients.ofOne(plan));
  }

  /** Sums the values. */
  PairSums sum() {
    PairSums sums = new PairSums(plan.count());
    tasks.run(range -> sum(range.from(), range.to(), sums));
    for (int vector = 0; vector < plan.count(); vector++) {
      if (layout.length(vector) > longest) {
        sumSplit(vector, sums);
      }
    }
    return sums;
  }

  private void sum(int from, int to, PairSums sums) {
    TileMapper mapper = mapper();
    ChunkFold fold = ChunkFold.ofPairs();
    double[] hi = new double[1];
    double[] lo = new double[1];
    for (int vector = from; vector < to; vector++) {
      long length = layout.length(vector);
      if (length > longest) {
        continue;
      }
      for (long at = 0; at < length; at += CHUNK) {
        mapper.sum(vector, at, (int) Math.min(CHUNK, length - at), hi, lo, 0);
        fold.add(hi[0], lo[0]);
      }
      put(fold, vector, sums);
    }
  }

  /** Sums one long vector on all threads: its chunks in any order, then their fold in theirs. */
  private void sumSplit(int vector, PairSums sums) {
    long length = layout.length(vector);
    double[] hi = new double[chunks(length)];
    double[] lo = new double[hi.length];
    tasks.run(
        hi.length,
        CHUNK,
        range -> {
          TileMapper mapper = mapper();
          for (int chunk = range.from(); chunk < range.to(); chunk++) {
            long at = (long) chunk * CHUNK;
            mapper.sum(vector, at, (int) Math.min(CHUNK, length - at), hi, lo, chunk);
          }
        });
    ChunkFold fold = ChunkFold.ofPairs();
    for (int chunk = 0; chunk < hi.length; chunk++) {
      fold.add(hi[chunk], lo[chunk]);
    }
    put(fold, vector, sums);
  }

  private static void put(ChunkFold fold, int vector, PairSums sums) {
    fold.finish();
    sums.hi()[vector] = fold.hi();
    sums.lo()[vector] = fold.lo();
  }
}
