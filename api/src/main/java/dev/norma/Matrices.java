package dev.norma;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Many matrices of one shape in memory: two axes of an array, one matrix for each index of the
 * other axes. A view that never copies; immutable.
 */
public final class Matrices {
  private final NdArray array;
  private final int rowAxis;
  private final int columnAxis;

  private Matrices(NdArray array, int rowAxis, int columnAxis) {
    this.array = array;
    this.rowAxis = rowAxis;
    this.columnAxis = columnAxis;
  }

  /** Views a row-major array as one matrix. */
  public static Matrices of(double[] matrix, long rows, long columns) {
    return of(Elements.of(matrix), rows, columns);
  }

  /** Views a row-major array as one matrix. */
  public static Matrices of(float[] matrix, long rows, long columns) {
    return of(Elements.of(matrix), rows, columns);
  }

  /**
   * Views elements as one row-major matrix.
   *
   * @throws IllegalArgumentException if a size is negative, or there are too few elements
   */
  public static Matrices of(Elements matrix, long rows, long columns) {
    return along(NdArray.of(matrix, rows, columns), 0, 1);
  }

  /**
   * Views two axes of an array as matrices, numbered in C order of the remaining axes.
   *
   * @param rowAxis the axis along which the row number grows; negatives count from the end
   * @param columnAxis the axis along which the column number grows
   * @throws IllegalArgumentException if the array has no such axis, or both are the same one
   */
  public static Matrices along(NdArray array, int rowAxis, int columnAxis) {
    int row = Objects.requireNonNull(array, "array").axis(rowAxis);
    int column = array.axis(columnAxis);
    if (row == column) {
      throw new IllegalArgumentException(
          "axes " + rowAxis + " and " + columnAxis + " are the same axis of the array");
    }
    return new Matrices(array, row, column);
  }

  /** Returns the memory that the matrices lie in. */
  public Elements elements() {
    return array.elements();
  }

  /** Returns the number of matrices. */
  public long count() {
    return array.size() == 0 ? countOfEmpty() : array.size() / rows() / columns();
  }

  /** Returns the number of rows of each matrix. */
  public long rows() {
    return array.shape()[rowAxis];
  }

  /** Returns the number of columns of each matrix. */
  public long columns() {
    return array.shape()[columnAxis];
  }

  /**
   * Returns the entries of each matrix as one vector. Their order is that of the axes in the array,
   * so that a matrix and its transposed view have the same bits in every entrywise norm.
   */
  public Batch entries() {
    return entriesLike(this);
  }

  /** Returns the entries of each matrix in the order that those of other matrices have. */
  Batch entriesLike(Matrices other) {
    boolean byRows = other.rowAxis < other.columnAxis;
    int[] axes = {byRows ? rowAxis : columnAxis, byRows ? columnAxis : rowAxis};
    return Batch.flattened(array, others(), axes);
  }

  /** Returns all rows as vectors, those of the first matrix first. */
  public Batch rowVectors() {
    return Batch.flattened(array, append(others(), rowAxis), new int[] {columnAxis});
  }

  /** Returns all columns as vectors, those of the first matrix first. */
  public Batch columnVectors() {
    return Batch.flattened(array, append(others(), columnAxis), new int[] {rowAxis});
  }

  private long countOfEmpty() {
    long[] shape = array.shape();
    return NdArray.product(Arrays.stream(others()).mapToLong(axis -> shape[axis]).toArray());
  }

  private int[] others() {
    return IntStream.range(0, array.rank())
        .filter(axis -> axis != rowAxis && axis != columnAxis)
        .toArray();
  }

  private static int[] append(int[] axes, int axis) {
    int[] longer = Arrays.copyOf(axes, axes.length + 1);
    longer[axes.length] = axis;
    return longer;
  }

  @Override
  public String toString() {
    return count() + " matrices of " + rows() + " x " + columns() + " in " + array;
  }
}
