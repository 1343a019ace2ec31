package dev.norma.spi;

import dev.norma.Batch;
import dev.norma.Elements;
import java.util.List;

/**
 * Short contiguous vectors anywhere in host memory, in arrays of what is to be known of each: to
 * read the objects of many small batches takes longer than to read their elements. Immutable.
 */
public final class FlatVectors {
  private final Elements[] elements;
  private final Object[] arrays;
  private final long[] starts;
  private final int[] lengths;
  private final long size;

  /** Lists the vectors of batches of contiguous vectors of fewer than 2<sup>31</sup> elements. */
  public FlatVectors(List<Batch> batches) {
    int count = Math.toIntExact(batches.stream().mapToLong(Batch::count).sum());
    elements = new Elements[count];
    arrays = new Object[count];
    starts = new long[count];
    lengths = new int[count];
    int vector = 0;
    for (Batch batch : batches) {
      for (int i = 0; i < batch.count(); i++, vector++) {
        elements[vector] = batch.elements();
        arrays[vector] = batch.elements().array();
        starts[vector] = batch.layout().start(i);
        lengths[vector] = Math.toIntExact(batch.layout().length(i));
      }
    }
    size = batches.stream().mapToLong(batch -> batch.layout().size()).sum();
  }

  /** Returns the number of vectors. */
  public int count() {
    return lengths.length;
  }

  /** Returns the number of elements of all vectors. */
  public long size() {
    return size;
  }

  /** Returns the memory of a vector. */
  public Elements elements(int vector) {
    return elements[vector];
  }

  /** Returns the Java array that a vector lies in, or null if it lies in no array. */
  public Object array(int vector) {
    return arrays[vector];
  }

  /** Returns the position of a vector's first element. */
  public long start(int vector) {
    return starts[vector];
  }

  /** Returns the number of elements of a vector. */
  public int length(int vector) {
    return lengths[vector];
  }
}
