package dev.norma.cpu;

import static dev.norma.cpu.ChunkFold.LANES;

import dev.norma.spi.Plan;
import java.util.Arrays;

/**
 * Reduces neighbouring columns of at most a chunk of rows, all primitives of a plan on the way;
 * each lane of each column is a running sum of its own. Used by one thread.
 *
 * <p>The lanes are summed one after the other in the order in which their fold needs them, so that
 * six rows of sums are enough. A lane takes eight of its rows in one pass, which keeps eight
 * streams of memory busy and the sums in cache.
 */
final class ColumnReducer {
  /** How many rows of a lane are taken in one pass. */
  static final int MOST_AT_ONCE = 8;

  private static final int LOG_LANES = 5;

  private final MatrixRows matrix;
  private final Kernel[] kernels;
  private final boolean[] pairs;
  private final double[][][] hi;
  private final double[][][] lo;
  private final int[] at = new int[MOST_AT_ONCE];
  private int rows;
  private int width;

  /** Reduces at most so many columns at a time. */
  ColumnReducer(Plan plan, MatrixRows matrix, int widest) {
    this.matrix = matrix;
    int count = plan.primitives().size();
    kernels = plan.primitives().stream().map(Kernel::of).toArray(Kernel[]::new);
    pairs = new boolean[count];
    for (int i = 0; i < count; i++) {
      pairs[i] = plan.primitives().get(i).compensated(plan.batch().type());
    }
    hi = new double[count][LOG_LANES + 1][widest + LANES];
    lo = new double[count][LOG_LANES + 1][widest + LANES];
  }

  /** Reduces columns of the matrix at hand. */
  void reduce(int matrixRows, int columns) {
    rows = matrixRows;
    width = columns;
    sum(0, 1, 0);
  }

  /** Copies the results to {@code [primitive][out]} and on; lo only where there is one. */
  void copyTo(double[][] outHi, double[][] outLo, int out, int columns) {
    for (int i = 0; i < kernels.length; i++) {
      System.arraycopy(hi[i][0], 0, outHi[i], out, columns);
      if (pairs[i]) {
        System.arraycopy(lo[i][0], 0, outLo[i], out, columns);
      }
    }
  }

  /** Leaves in place {@code depth} what folding the lanes 16, …, s makes of this lane. */
  private void sum(int lane, int s, int depth) {
    if (s == LANES) {
      sumLane(lane, depth);
      return;
    }
    sum(lane, 2 * s, depth);
    if (lane + s >= rows) {
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
    for (int row = lane; row < rows; row += MOST_AT_ONCE * LANES) {
      int n = Math.min(MOST_AT_ONCE, (rows - row + LANES - 1) / LANES);
      matrix.locate(row, n, at);
      add(n, depth);
    }
  }

  private void add(int n, int depth) {
    for (int i = 0; i < kernels.length; i++) {
      if (matrix.doubles() != null) {
        kernels[i].columns(matrix.doubles(), at, n, width, hi[i][depth], lo[i][depth]);
      } else {
        kernels[i].columns(matrix.floats(), at, n, width, hi[i][depth], lo[i][depth]);
      }
    }
  }
}
