package dev.norma.conformance;

import dev.norma.Batch;
import dev.norma.Elements;
import dev.norma.NdArray;
import java.util.function.IntToLongFunction;

/**
 * The ways in which vectors can lie in memory: where each element goes, and the view that finds it
 * there. Here the positions are worked out by hand, not by the code under test.
 */
public enum Placement {
  /** Rows of a matrix. */
  ROWS,
  /** Rows from an offset, with a larger leading dimension. */
  ROWS_PADDED,
  /** Columns of a matrix. */
  COLUMNS,
  /** Columns from an offset, with a larger leading dimension. */
  COLUMNS_PADDED,
  /** Every second element. */
  STRIDE_2,
  /** Every third element. */
  STRIDE_3,
  /** Elements backwards. */
  REVERSED,
  /** Vectors backwards. */
  VECTORS_REVERSED,
  /** One place for all elements of a vector, which must be equal. */
  STRIDE_0,
  /** One place for all vectors, which must be equal. */
  BROADCAST,
  /** The first axis of three, C order. */
  AXIS_0_OF_3,
  /** The middle axis of three, C order. */
  AXIS_1_OF_3,
  /** The middle axis of three, Fortran order. */
  AXIS_1_OF_3_FORTRAN,
  /** The last axis of three, Fortran order. */
  AXIS_2_OF_3_FORTRAN,
  /** The third axis of four, C order. */
  AXIS_2_OF_4,
  /** The third axis of four, Fortran order. */
  AXIS_2_OF_4_FORTRAN,
  /** One vector: a whole array of three dimensions in Fortran order. */
  WHOLE_FORTRAN,
  /** Segments one behind the other, of any lengths. */
  RAGGED;

  private static final int TAIL = 3;

  /** Returns how many elements of memory are needed. */
  public long extent(double[][] vectors) {
    if (this == RAGGED) {
      return ragged(vectors)[vectors.length] + TAIL;
    }
    long last = -1;
    for (int i = 0; i < vectors.length; i++) {
      for (int j = 0; j < vectors[i].length; j++) {
        last = Math.max(last, position(vectors, i, j));
      }
    }
    return last + 1 + TAIL;
  }

  /** Returns where the elements of vector i lie, in less time than one by one. */
  IntToLongFunction positions(double[][] vectors, int i) {
    if (this == RAGGED) {
      long start = ragged(vectors)[i];
      return j -> start + j;
    }
    return j -> position(vectors, i, j);
  }

  /** Returns where element j of vector i lies. */
  public long position(double[][] vectors, int i, int j) {
    long n = vectors.length;
    long length = vectors[i].length;
    long inner = inner(n);
    long outer = n / inner;
    return switch (this) {
      case ROWS -> i * length + j;
      case ROWS_PADDED -> 3 + i * (length + 5) + j;
      case COLUMNS, AXIS_0_OF_3 -> j * n + i;
      case COLUMNS_PADDED -> 1 + j * (n + 3) + i;
      case STRIDE_2 -> 1 + i * (2 * length + 1) + 2L * j;
      case STRIDE_3 -> 3 * (i * length + j);
      case REVERSED -> i * length + length - 1 - j;
      case VECTORS_REVERSED -> (n - 1 - i) * length + j;
      case STRIDE_0 -> i;
      case BROADCAST -> j;
      case AXIS_1_OF_3 -> (i / inner * length + j) * inner + i % inner;
      case AXIS_1_OF_3_FORTRAN -> i / inner + outer * (j + length * (i % inner));
      case AXIS_2_OF_3_FORTRAN -> i / inner + outer * (i % inner + inner * j);
      case AXIS_2_OF_4 -> (i / 2 * length + j) * 2 + i % 2;
      case AXIS_2_OF_4_FORTRAN ->
          i / (2 * inner(n / 2))
              + n
                  / 2
                  / inner(n / 2)
                  * (i / 2 % inner(n / 2) + inner(n / 2) * (j + length * (i % 2)));
      case WHOLE_FORTRAN -> wholeFortran(length, j);
      case RAGGED -> ragged(vectors)[i] + j;
    };
  }

  /** Views the vectors. */
  public Batch view(Elements e, double[][] vectors) {
    long n = vectors.length;
    long length = vectors[0].length;
    long inner = inner(n);
    long outer = n / inner;
    return switch (this) {
      case ROWS -> Batch.rows(e, n, length);
      case ROWS_PADDED -> Batch.rows(e, 3, n, length, length + 5);
      case COLUMNS -> Batch.columns(e, length, n);
      case COLUMNS_PADDED -> Batch.columns(e, 1, length, n, n + 3);
      case STRIDE_2 -> strided(e, 1, n, length, 2 * length + 1, 2);
      case STRIDE_3 -> strided(e, 0, n, length, 3 * length, 3);
      case REVERSED -> strided(e, Math.max(0, length - 1), n, length, length, -1);
      case VECTORS_REVERSED -> strided(e, (n - 1) * length, n, length, -length, 1);
      case STRIDE_0 -> strided(e, 0, n, length, 1, 0);
      case BROADCAST -> strided(e, 0, n, length, 0, 1);
      case AXIS_0_OF_3 -> Batch.along(NdArray.of(e, length, outer, inner), 0);
      case AXIS_1_OF_3 -> Batch.along(NdArray.of(e, outer, length, inner), 1);
      case AXIS_1_OF_3_FORTRAN -> Batch.along(NdArray.fortran(e, outer, length, inner), -2);
      case AXIS_2_OF_3_FORTRAN -> Batch.along(NdArray.fortran(e, outer, inner, length), -1);
      case AXIS_2_OF_4 ->
          Batch.along(NdArray.of(e, n / 2 / inner(n / 2), inner(n / 2), length, 2), 2);
      case AXIS_2_OF_4_FORTRAN ->
          Batch.along(NdArray.fortran(e, n / 2 / inner(n / 2), inner(n / 2), length, 2), -2);
      case WHOLE_FORTRAN -> Batch.whole(NdArray.fortran(e, fortranShape(length)));
      case RAGGED -> Batch.ragged(e, ragged(vectors));
    };
  }

  private static Batch strided(
      Elements e, long offset, long n, long length, long vectorStride, long elementStride) {
    long[] shape = {n, length};
    return Batch.along(
        NdArray.strided(e, offset, shape, new long[] {vectorStride, elementStride}), 1);
  }

  /** Returns the size of the second of the two axes that the vectors are numbered by. */
  private static long inner(long n) {
    if (n % 3 == 0) {
      return 3;
    }
    return n % 2 == 0 ? 2 : 1;
  }

  private static long[] fortranShape(long length) {
    long first = inner(length);
    long second = inner(length / first);
    return new long[] {first, second, length / first / second};
  }

  private static long wholeFortran(long length, int j) {
    long[] shape = fortranShape(length);
    long x = j / (shape[1] * shape[2]);
    long y = j / shape[2] % shape[1];
    long z = j % shape[2];
    return x + shape[0] * (y + shape[1] * z);
  }

  private static long[] ragged(double[][] vectors) {
    long[] offsets = new long[vectors.length + 1];
    offsets[0] = 2;
    for (int i = 0; i < vectors.length; i++) {
      offsets[i + 1] = offsets[i] + vectors[i].length;
    }
    return offsets;
  }
}
