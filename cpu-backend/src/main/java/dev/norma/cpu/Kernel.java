package dev.norma.cpu;

import static dev.norma.cpu.Species.WIDTH;

import dev.norma.spi.Primitive;

/**
 * One primitive by SIMD, for numbers that lie in Java arrays: of whole chunks or shorter rows, and
 * of many columns at once. An instance has scratch memory of its own and is used by one thread.
 *
 * <p>Loops along a row have at most four loads and end with {@code !=}, because the compiler leaves
 * such a loop as it is. Unrolled, or with constants that are loaded from memory each time, a loop
 * has more loads than the processor's prefetcher follows, and reads from DRAM at half the speed.
 */
abstract class Kernel {
  /** The last numbers of a row of a matrix, where they are less than a vector. */
  private final double[] edge64 = new double[WIDTH];

  private final float[] edge32 = new float[WIDTH];

  /** Returns a new kernel for a primitive other than a sum of powers. */
  static Kernel of(Primitive primitive) {
    return switch (primitive.kind()) {
      case ABS_SUM -> new AbsSumKernel();
      case SQUARE_SUM -> new SquareSumKernel();
      case ABS_MAX -> new ExtremeKernel(false);
      case ABS_MIN -> new ExtremeKernel(true);
      case NONZERO_COUNT -> new NonzeroCountKernel();
      case POW_SUM -> throw new IllegalArgumentException("primitive: " + primitive);
    };
  }

  /**
   * Reduces rows of at most {@link ChunkFold#CHUNK} binary64 numbers. Row r has the n numbers from
   * {@code a[offset + r * stride]} on; its result goes to {@code hi[out + r]}, and for a sum to
   * {@code lo[out + r]}.
   */
  abstract void rows(
      double[] a, int offset, int stride, int rows, int n, double[] hi, double[] lo, int out);

  /** Does the same for numbers of the shorter types, widened to binary32. */
  abstract void rows(
      float[] a, int offset, int stride, int rows, int n, double[] hi, double[] lo, int out);

  /** The value of a lane that nothing was added to. */
  double neutral() {
    return 0;
  }

  /**
   * Adds the next numbers of one lane of each column: number k of column c is {@code a[at[k] + c]},
   * for k &lt; n, in this order. The lanes are {@code hi[c] + lo[c]}; both arrays are longer than
   * {@code width} by a vector.
   */
  final void columns(double[] a, int[] at, int n, int width, double[] hi, double[] lo) {
    int whole = width - width % WIDTH;
    int k = 0;
    for (; k <= n - 4; k += 4) {
      addFourRows(a, at[k], at[k + 1], at[k + 2], at[k + 3], whole, hi, lo);
    }
    for (; k < n; k++) {
      addRow(a, at[k], 0, whole, hi, lo);
    }
    for (int row = 0; row < n && whole < width; row++) {
      System.arraycopy(a, at[row] + whole, edge64, 0, width - whole);
      addRow(edge64, -whole, whole, width, hi, lo);
    }
  }

  /** Does the same for numbers of the shorter types, widened to binary32. */
  final void columns(float[] a, int[] at, int n, int width, double[] hi, double[] lo) {
    int whole = width - width % WIDTH;
    int k = 0;
    for (; k <= n - 4; k += 4) {
      addFourRows(a, at[k], at[k + 1], at[k + 2], at[k + 3], whole, hi, lo);
    }
    for (; k < n; k++) {
      addRow(a, at[k], 0, whole, hi, lo);
    }
    for (int row = 0; row < n && whole < width; row++) {
      System.arraycopy(a, at[row] + whole, edge32, 0, width - whole);
      addRow(edge32, -whole, whole, width, hi, lo);
    }
  }

  /**
   * Adds {@code a[at + c]} to column c, for the columns {@code from} to {@code to} in whole
   * vectors: the last one may reach beyond {@code to}.
   */
  abstract void addRow(double[] a, int at, int from, int to, double[] hi, double[] lo);

  /** Does the same for numbers of the shorter types, widened to binary32. */
  abstract void addRow(float[] a, int at, int from, int to, double[] hi, double[] lo);

  /** Adds four rows in order to the columns 0 to {@code to}, a whole number of vectors. */
  abstract void addFourRows(
      double[] a, int at0, int at1, int at2, int at3, int to, double[] hi, double[] lo);

  /** Does the same for numbers of the shorter types, widened to binary32. */
  abstract void addFourRows(
      float[] a, int at0, int at1, int at2, int at3, int to, double[] hi, double[] lo);

  /** Folds a lane of each column into another: {@code hi[c] + lo[c]} takes that of the other. */
  abstract void fold(
      double[] hi, double[] lo, double[] otherHi, double[] otherLo, int width, boolean compensated);
}
