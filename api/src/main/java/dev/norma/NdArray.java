package dev.norma;

import java.util.Arrays;
import java.util.Objects;

/**
 * A view of elements as an array of any number of dimensions, by shape and strides.
 *
 * <p>Element (i<sub>0</sub>, …, i<sub>n−1</sub>) lies at {@code offset + Σ i_k · strides[k]},
 * counted in elements. Strides may be zero or negative. A view never copies; instances are
 * immutable.
 */
public final class NdArray {
  private final Elements elements;
  private final long offset;
  private final long[] shape;
  private final long[] strides;

  private NdArray(Elements elements, long offset, long[] shape, long[] strides) {
    this.elements = elements;
    this.offset = offset;
    this.shape = shape;
    this.strides = strides;
  }

  /**
   * Views elements in C order: the last index moves fastest.
   *
   * @throws IllegalArgumentException if a size is negative, or there are too few elements
   */
  public static NdArray of(Elements elements, long... shape) {
    return strided(elements, 0, shape, contiguous(shape, true));
  }

  /**
   * Views elements in Fortran order: the first index moves fastest.
   *
   * @throws IllegalArgumentException if a size is negative, or there are too few elements
   */
  public static NdArray fortran(Elements elements, long... shape) {
    return strided(elements, 0, shape, contiguous(shape, false));
  }

  /**
   * Views elements by offset, shape and strides, all counted in elements.
   *
   * @throws IllegalArgumentException if a size is negative, the lengths of shape and strides
   *     differ, or an index would lead outside of the elements
   */
  public static NdArray strided(Elements elements, long offset, long[] shape, long[] strides) {
    Objects.requireNonNull(elements, "elements");
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(strides, "strides");
    if (shape.length != strides.length) {
      throw new IllegalArgumentException(
          "strides: " + strides.length + " given for " + shape.length + " dimensions");
    }
    long[] ownShape = shape.clone();
    long[] ownStrides = strides.clone();
    checkBounds(elements.length(), offset, ownShape, ownStrides);
    return new NdArray(elements, offset, ownShape, ownStrides);
  }

  /** Returns the elements behind this view. */
  public Elements elements() {
    return elements;
  }

  /** Returns where element (0, …, 0) lies. */
  public long offset() {
    return offset;
  }

  /** Returns the number of dimensions. */
  public int rank() {
    return shape.length;
  }

  /** Returns a copy of the size of each dimension. */
  public long[] shape() {
    return shape.clone();
  }

  /** Returns a copy of the stride of each dimension, in elements. */
  public long[] strides() {
    return strides.clone();
  }

  /** Returns the number of elements of the view: the product of its shape. */
  public long size() {
    return product(shape);
  }

  /**
   * Returns the axis counted from the front, of one that may count from the end.
   *
   * @throws IllegalArgumentException if this array has no such axis
   */
  public int axis(int axis) {
    int front = axis < 0 ? axis + rank() : axis;
    if (front < 0 || front >= rank()) {
      throw new IllegalArgumentException(
          "axis " + axis + " is out of range for an array of " + rank() + " dimensions");
    }
    return front;
  }

  private static long[] contiguous(long[] shape, boolean lastFastest) {
    Objects.requireNonNull(shape, "shape");
    product(shape);
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int i = 0; i < shape.length; i++) {
      int axis = lastFastest ? shape.length - 1 - i : i;
      strides[axis] = stride;
      stride *= Math.max(1, shape[axis]);
    }
    return strides;
  }

  /** Multiplies the sizes; any zero makes the product zero, whatever the others are. */
  static long product(long[] shape) {
    Objects.requireNonNull(shape, "shape");
    long product = 1;
    boolean empty = false;
    for (long size : shape) {
      if (size < 0) {
        throw new IllegalArgumentException("shape: negative size in " + Arrays.toString(shape));
      }
      empty |= size == 0;
    }
    for (long size : shape) {
      product = empty ? 0 : multiply(product, size, shape);
    }
    return product;
  }

  private static long multiply(long product, long size, long[] shape) {
    try {
      return Math.multiplyExact(product, size);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "shape: " + Arrays.toString(shape) + " has more than 2^63 - 1 elements", e);
    }
  }

  private static void checkBounds(long length, long offset, long[] shape, long[] strides) {
    if (offset < 0) {
      throw new IllegalArgumentException("offset: " + offset + " is negative");
    }
    if (product(shape) == 0) {
      return;
    }
    long lowest = offset;
    long highest = offset;
    try {
      for (int i = 0; i < shape.length; i++) {
        long reach = Math.multiplyExact(shape[i] - 1, strides[i]);
        lowest = Math.addExact(lowest, Math.min(0, reach));
        highest = Math.addExact(highest, Math.max(0, reach));
      }
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "strides: " + view(offset, shape, strides) + " leads beyond 2^63 - 1", e);
    }
    if (lowest < 0 || highest >= length) {
      throw new IllegalArgumentException(
          view(offset, shape, strides)
              + " needs elements "
              + lowest
              + " to "
              + highest
              + ", but there are "
              + length);
    }
  }

  private static String view(long offset, long[] shape, long[] strides) {
    return "shape "
        + Arrays.toString(shape)
        + " with strides "
        + Arrays.toString(strides)
        + " from offset "
        + offset;
  }

  @Override
  public String toString() {
    return elements.type() + " " + Arrays.toString(shape);
  }
}
