package dev.norma.cpu;

import static dev.norma.cpu.ChunkFold.LANES;

import dev.norma.spi.Plan;
import java.util.Arrays;

/**
 * Reduces neighbouring columns of at most a chunk of rows, all primitives of a plan on the way;
 * each lane of each column is a running sum of its own. Used by one thread.
 *
 * <p>The rows are taken in blocks of some for each lane, which lie together in memory, and in a
 * block lane after lane: each sum is loaded and stored once for four rows. The sums of all lanes
 * stay in the second-level cache.
 */
final class ColumnReducer {
  /** How many rows of a lane are taken in one pass. */
  static final int MOST_AT_ONCE = 4;

  private static final double[] NONE = {};

  private final MatrixRows matrix;
  private final Kernel[] kernels;
  private final boolean[] pairs;
  private final double[][][] hi;
  private final double[][][] lo;
  private final int[] at = new int[MOST_AT_ONCE];
  private int rows;
  private int width;

  /** Reduces at most so many columns at a time, of at most so many rows. */
  ColumnReducer(Plan plan, MatrixRows matrix, long mostRows, int widest) {
    this.matrix = matrix;
    int count = plan.primitives().size();
    int lanes = (int) Math.min(LANES, mostRows);
    kernels = plan.primitives().stream().map(Kernel::of).toArray(Kernel[]::new);
    pairs = new boolean[count];
    hi = new double[count][lanes][widest + LANES];
    lo = new double[count][lanes][];
    for (int i = 0; i < count; i++) {
      pairs[i] = plan.primitives().get(i).compensated(plan.batch().type());
      for (int lane = 0; lane < lanes; lane++) {
        lo[i][lane] = pairs[i] ? new double[widest + LANES] : NONE;
      }
    }
  }

  /** Reduces columns of the matrix at hand. */
  void reduce(int matrixRows, int columns) {
    rows = matrixRows;
    width = columns;
    int used = Math.min(LANES, rows);
    clear(used);
    for (int block = 0; block < rows; block += MOST_AT_ONCE * LANES) {
      for (int row = block; row < Math.min(block + LANES, rows); row++) {
        int n = Math.min(MOST_AT_ONCE, (rows - row + LANES - 1) / LANES);
        matrix.locate(row, n, at);
        add(n, row - block);
      }
    }
    for (int s = LANES / 2; s > 0; s /= 2) {
      for (int lane = 0; lane < s && lane + s < used; lane++) {
        fold(lane, lane + s);
      }
    }
  }

  private void clear(int lanes) {
    for (int i = 0; i < kernels.length; i++) {
      for (int lane = 0; lane < lanes; lane++) {
        Arrays.fill(hi[i][lane], 0, width, kernels[i].neutral());
        if (pairs[i]) {
          Arrays.fill(lo[i][lane], 0, width, 0);
        }
      }
    }
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

  private void fold(int lane, int other) {
    for (int i = 0; i < kernels.length; i++) {
      kernels[i].fold(hi[i][lane], lo[i][lane], hi[i][other], lo[i][other], width, pairs[i]);
    }
  }

  private void add(int n, int lane) {
    for (int i = 0; i < kernels.length; i++) {
      if (matrix.doubles() != null) {
        kernels[i].columns(matrix.doubles(), at, n, width, hi[i][lane], lo[i][lane]);
      } else {
        kernels[i].columns(matrix.floats(), at, n, width, hi[i][lane], lo[i][lane]);
      }
    }
  }
}
