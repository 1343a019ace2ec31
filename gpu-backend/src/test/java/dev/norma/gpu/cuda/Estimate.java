package dev.norma.gpu.cuda;

import dev.norma.ElementType;
import dev.norma.gpu.LaunchPolicy;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a kernel does.
 *
 * @param of what is computed
 * @param kernel what was counted
 * @param work the same, for each element
 */
record Estimate(CountedCase of, KernelCounts kernel, Work work) {
  private static final Set<CountedWork> MOST_USED =
      EnumSet.of(CountedWork.L1, CountedWork.L2, CountedWork.LARGEST);

  /** Threads of a group of rows, and of one that applies a function. */
  private static final int ROW_GROUP = 64;

  private static final int APPLY_GROUP = 256;

  static Estimate of(CountedCase it) {
    KernelCounts kernel = it.main(it.count());
    return new Estimate(it, kernel, Work.of(kernel, it.elements()));
  }

  /** L1, L2 and L∞ of f32. */
  boolean isMostUsed() {
    return of.type() == ElementType.F32 && MOST_USED.contains(of.work());
  }

  /** Returns the number of threads of a group. */
  int threads() {
    return switch (kernel.name()) {
      case "reduce_rows", "reduce_short", "reduce_staged", "reduce_listed", "apply_short" ->
          ROW_GROUP;
      case "reduce_columns" -> LaunchPolicy.COLUMN_GROUP;
      default -> APPLY_GROUP;
    };
  }

  /** Returns how many barriers each warp comes to. */
  double barriers() {
    return 32.0 * kernel.get("barriers") / threads() / kernel.get("blocks");
  }

  /** Returns the bytes that a warp has under way at most. */
  long inFlight() {
    return kernel.get("mostLoadBytesInFlight");
  }
}
