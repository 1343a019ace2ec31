package dev.norma.cpu;

import dev.norma.Batch;
import dev.norma.spi.Backend;
import dev.norma.spi.Layout;
import dev.norma.spi.PairedLayout;
import dev.norma.spi.Steps;
import dev.norma.spi.StridedLayout;
import java.util.List;

/**
 * Runs the steps of a computation for some vectors at a time, on all threads, where a vector and
 * what becomes of it fit the second-level cache; and else each step for all vectors at once.
 */
final class Blocks {
  /** So many elements of a block, of up to three batches, fit the cache. */
  private static final long ELEMENTS = 1 << 17;

  private Blocks() {}

  /**
   * Runs steps for all vectors of some batches, which have as many, of the same lengths.
   *
   * @param all computes on all threads
   * @param serial computes on the calling thread alone
   */
  static void run(List<Batch> batches, Steps steps, Workers workers, Backend all, Backend serial) {
    if (fit(batches)) {
      new Tasks(batches, workers)
          .run(ELEMENTS, range -> steps.run(serial, range.from(), range.to()));
    } else {
      steps.run(all, 0, Math.toIntExact(batches.get(0).count()));
    }
  }

  /** Tells whether each vector, and what becomes of it, lies in one piece that fits the cache. */
  static boolean fit(List<Batch> batches) {
    return batches.stream().allMatch(Blocks::fits);
  }

  private static boolean fits(Batch batch) {
    Layout layout = batch.layout();
    boolean contiguous =
        layout instanceof PairedLayout pairs ? pairs.bothContiguous() : layout.contiguous();
    if (!contiguous) {
      return false;
    }
    long lengths = layout instanceof StridedLayout ? Math.min(1, layout.count()) : layout.count();
    for (long vector = 0; vector < lengths; vector++) {
      if (layout.length(vector) > ELEMENTS) {
        return false;
      }
    }
    return true;
  }
}
