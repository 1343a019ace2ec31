package dev.norma.cpu;

import dev.norma.Batch;
import dev.norma.spi.Layout;
import dev.norma.spi.StridedLayout;

/** Where the vectors of a batch lie in a Java array, looked up once. */
final class ArrayRows {
  /** The array, if it is of this type and elements of a vector are neighbours; else null. */
  final double[] doubles;

  /** The same for this type. */
  final float[] floats;

  private final Layout layout;
  private final boolean regular;
  private final long first;
  private final long stride;

  ArrayRows(Batch batch) {
    layout = batch.layout();
    Object array = layout.contiguous() ? batch.elements().array() : null;
    doubles = array instanceof double[] a ? a : null;
    floats = array instanceof float[] a ? a : null;
    regular = layout instanceof StridedLayout s && s.vectors().rank() <= 1 && s.count() > 0;
    first = regular ? layout.start(0) : 0;
    stride = regular ? ((StridedLayout) layout).vectors().innerStride() : 0;
  }

  /** Tells whether the vectors lie in a Java array of binary64 or binary32 numbers. */
  boolean areArray() {
    return doubles != null || floats != null;
  }

  /** Tells whether the vectors have one length, and starts at even distances. */
  boolean areRegular() {
    return regular;
  }

  /** Returns the distance of two starts in elements; the vectors are regular. */
  int stride() {
    return (int) stride;
  }

  /** Returns the position of the first element of a vector. */
  long start(int vector) {
    return regular ? first + vector * stride : layout.start(vector);
  }
}
