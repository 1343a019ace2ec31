package dev.norma;

import dev.norma.spi.Axes;
import dev.norma.spi.Layout;
import dev.norma.spi.RaggedLayout;
import dev.norma.spi.StridedLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Many vectors in memory: a view that never copies.
 *
 * <p>The vectors are the rows or the columns of a matrix, the lines along an axis of an array, one
 * whole array, or segments of any lengths. Positions, sizes and leading dimensions count in
 * elements. Everything is checked when a view is made: a batch that exists lies inside its
 * elements. Instances are immutable and safe to share; the memory is the caller's (see {@link
 * Elements}).
 */
public sealed class Batch permits DeviceBatch, DifferenceBatch {
  private final Elements elements;
  private final Layout layout;

  Batch(Elements elements, Layout layout) {
    this.elements = elements;
    this.layout = layout;
  }

  /** Views a whole array as one vector. */
  public static Batch of(double... vector) {
    return of(Elements.of(vector));
  }

  /** Views a whole array as one vector. */
  public static Batch of(float... vector) {
    return of(Elements.of(vector));
  }

  /** Views all elements as one vector. */
  public static Batch of(Elements vector) {
    return whole(NdArray.of(vector, Objects.requireNonNull(vector, "vector").length()));
  }

  /**
   * Views the rows of a row-major matrix as vectors, see {@link #rows(Elements, long, long, long,
   * long)}.
   */
  public static Batch rows(double[] matrix, long rows, long columns) {
    return rows(Elements.of(matrix), rows, columns);
  }

  /**
   * Views the rows of a row-major matrix as vectors, see {@link #rows(Elements, long, long, long,
   * long)}.
   */
  public static Batch rows(float[] matrix, long rows, long columns) {
    return rows(Elements.of(matrix), rows, columns);
  }

  /**
   * Views the rows of a row-major matrix as vectors, see {@link #rows(Elements, long, long, long,
   * long)}.
   */
  public static Batch rows(Elements matrix, long rows, long columns) {
    return rows(matrix, 0, rows, columns, columns);
  }

  /**
   * Views the rows of a row-major matrix as vectors: element j of vector i lies at {@code offset +
   * i · leadingDimension + j}.
   *
   * @throws IllegalArgumentException if a size is negative, the leading dimension is smaller than
   *     the number of columns, or the matrix leads outside of the elements
   */
  public static Batch rows(
      Elements matrix, long offset, long rows, long columns, long leadingDimension) {
    return along(matrix(matrix, offset, rows, columns, leadingDimension), 1);
  }

  /**
   * Views the columns of a row-major matrix as vectors, see {@link #columns(Elements, long, long,
   * long, long)}.
   */
  public static Batch columns(double[] matrix, long rows, long columns) {
    return columns(Elements.of(matrix), rows, columns);
  }

  /**
   * Views the columns of a row-major matrix as vectors, see {@link #columns(Elements, long, long,
   * long, long)}.
   */
  public static Batch columns(float[] matrix, long rows, long columns) {
    return columns(Elements.of(matrix), rows, columns);
  }

  /**
   * Views the columns of a row-major matrix as vectors, see {@link #columns(Elements, long, long,
   * long, long)}.
   */
  public static Batch columns(Elements matrix, long rows, long columns) {
    return columns(matrix, 0, rows, columns, columns);
  }

  /**
   * Views the columns of a row-major matrix as vectors: element i of vector j lies at {@code offset
   * + i · leadingDimension + j}.
   *
   * @throws IllegalArgumentException if a size is negative, the leading dimension is smaller than
   *     the number of columns, or the matrix leads outside of the elements
   */
  public static Batch columns(
      Elements matrix, long offset, long rows, long columns, long leadingDimension) {
    return along(matrix(matrix, offset, rows, columns, leadingDimension), 0);
  }

  /**
   * Views the lines along one axis of an array as vectors. They are numbered in C order of the
   * remaining axes, as numpy does.
   *
   * @param axis the axis; negatives count from the end
   * @throws IllegalArgumentException if the array has no such axis
   */
  public static Batch along(NdArray array, int axis) {
    int front = Objects.requireNonNull(array, "array").axis(axis);
    return flattened(array, new int[] {front});
  }

  /** Views a whole array as one vector, its elements in C order whatever their order in memory. */
  public static Batch whole(NdArray array) {
    int[] all = new int[Objects.requireNonNull(array, "array").rank()];
    Arrays.setAll(all, i -> i);
    return flattened(array, all);
  }

  /** Views segments of an array as vectors, see {@link #ragged(Elements, long[])}. */
  public static Batch ragged(double[] values, long[] offsets) {
    return ragged(Elements.of(values), offsets);
  }

  /** Views segments of an array as vectors, see {@link #ragged(Elements, long[])}. */
  public static Batch ragged(float[] values, long[] offsets) {
    return ragged(Elements.of(values), offsets);
  }

  /**
   * Views segments of any lengths as vectors: vector i has the elements {@code offsets[i]}
   * (inclusive) to {@code offsets[i + 1]} (exclusive). Empty segments are allowed. The offsets are
   * checked here and not copied; they must not change while the batch is in use.
   *
   * @throws IllegalArgumentException if there is no offset at all, one is smaller than the one
   *     before it, or one lies outside of the elements
   */
  public static Batch ragged(Elements values, long[] offsets) {
    Objects.requireNonNull(values, "values");
    Objects.requireNonNull(offsets, "offsets");
    if (offsets.length == 0) {
      throw new IllegalArgumentException("offsets: empty, but n segments have n + 1 offsets");
    }
    long before = 0;
    for (int i = 0; i < offsets.length; i++) {
      if (offsets[i] < before || offsets[i] > values.length()) {
        throw new IllegalArgumentException(
            "offsets["
                + i
                + "]: "
                + offsets[i]
                + " is not in "
                + before
                + " to "
                + values.length());
      }
      before = offsets[i];
    }
    return new Batch(values, new RaggedLayout(offsets));
  }

  /**
   * Views one vector so many times over, as the one truth that many models are measured against.
   *
   * @throws IllegalArgumentException if the batch has not exactly one vector, or the number is
   *     negative
   */
  public static Batch repeated(Batch vector, long times) {
    if (Objects.requireNonNull(vector, "vector").count() != 1) {
      throw new IllegalArgumentException("vector: a batch of " + vector.count() + ", not of one");
    }
    if (times < 0) {
      throw new IllegalArgumentException("times: " + times + " is negative");
    }
    Axes same = new Axes(new long[] {times}, new long[] {0});
    long start = vector.layout.start(0);
    return new Batch(vector.elements, new StridedLayout(start, same, vector.layout.elements(0)));
  }

  /**
   * Views the differences x − y of the vectors of two batches, which are computed in binary64 where
   * they are read and never stored. Errors come from them: of n elements, the mean absolute error
   * is L1 / n, the mean squared error the squared L2 norm / n, the root mean square error L2 / √n,
   * and the largest error L∞. They cannot be uploaded; for a device they are formed on the host.
   *
   * @throws IllegalArgumentException if the batches have not as many vectors, of the same lengths
   *     and element type, or are not both on the host
   */
  public static Batch difference(Batch x, Batch y) {
    Targets.checkAlike("y", x, y);
    Targets.checkPlain("x", x);
    Targets.checkPlain("y", y);
    return new DifferenceBatch(x, y, null, null);
  }

  /** Views the flattened given axes of an array as vectors, one for each index of the others. */
  static Batch flattened(NdArray array, int[] within) {
    boolean[] inside = new boolean[array.rank()];
    for (int axis : within) {
      inside[axis] = true;
    }
    int[] across = new int[array.rank() - within.length];
    for (int axis = 0, next = 0; axis < array.rank(); axis++) {
      if (!inside[axis]) {
        across[next++] = axis;
      }
    }
    return flattened(array, across, within);
  }

  /** Views axes as vectors, numbered in the order of the axes {@code across}. */
  static Batch flattened(NdArray array, int[] across, int[] within) {
    return new Batch(
        array.elements(),
        new StridedLayout(array.offset(), axes(array, across), axes(array, within)));
  }

  /** Returns the type of the elements. */
  public ElementType type() {
    return elements.type();
  }

  /** Returns the memory that this batch views. */
  public Elements elements() {
    return elements;
  }

  /** Returns all memory that is read. */
  List<Elements> sources() {
    return List.of(elements);
  }

  /** Returns where the vectors lie. */
  public Layout layout() {
    return layout;
  }

  /** Returns the number of vectors. */
  public long count() {
    return layout.count();
  }

  /**
   * Returns the number of elements of one vector.
   *
   * @throws IndexOutOfBoundsException if there is no such vector
   */
  public long length(long vector) {
    return layout.length(Objects.checkIndex(vector, count()));
  }

  /**
   * Views the vectors {@code from} (inclusive) to {@code to} (exclusive).
   *
   * @throws IndexOutOfBoundsException if there are no such vectors
   */
  public Batch slice(long from, long to) {
    Objects.checkFromToIndex(from, to, count());
    return new Batch(elements, layout.slice(from, to));
  }

  /**
   * Views the vectors that lie in other elements as these do in theirs.
   *
   * @throws IllegalArgumentException if the elements are of another type, or differ in number
   */
  public Batch on(Elements elements) {
    if (elements.type() != type() || elements.length() != this.elements.length()) {
      throw new IllegalArgumentException("elements: " + elements + " in place of " + this.elements);
    }
    return new Batch(elements, layout);
  }

  /** Views the vectors with the given numbers; the array is kept. */
  Batch select(long[] vectors) {
    return new Batch(elements, layout.select(vectors));
  }

  private static NdArray matrix(
      Elements matrix, long offset, long rows, long columns, long leadingDimension) {
    if (leadingDimension < columns) {
      throw new IllegalArgumentException(
          "leadingDimension: " + leadingDimension + " is smaller than " + columns + " columns");
    }
    return NdArray.strided(
        matrix, offset, new long[] {rows, columns}, new long[] {leadingDimension, 1});
  }

  private static Axes axes(NdArray array, int[] axes) {
    long[] shape = array.shape();
    long[] strides = array.strides();
    long[] sizes = Arrays.stream(axes).mapToLong(axis -> shape[axis]).toArray();
    NdArray.product(sizes); // an array without elements may still have too many vectors
    return new Axes(sizes, Arrays.stream(axes).mapToLong(axis -> strides[axis]).toArray());
  }

  @Override
  public String toString() {
    return elements.type() + ", " + layout;
  }
}
