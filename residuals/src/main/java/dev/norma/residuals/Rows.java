package dev.norma.residuals;

import dev.norma.Batch;
import dev.norma.DifferenceBatch;
import dev.norma.spi.Extent;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;

/** Vectors of one length, copied to and from rows of binary64 numbers. */
final class Rows {
  /** The longest array that every JVM makes. */
  private static final int MOST = Integer.MAX_VALUE - 8;

  private Rows() {}

  /** Checks that a number for each vector fits an array. */
  static void checkCount(Batch x) {
    if (Objects.requireNonNull(x, "x").count() > MOST) {
      throw new IllegalArgumentException(
          "x: " + x.count() + " results do not fit an array, which holds at most " + MOST);
    }
  }

  /** Checks that a batch on the host has so many vectors of so many elements. */
  static void check(String what, Batch batch, long count, int length) {
    if (Objects.requireNonNull(batch, what).count() != count) {
      throw new IllegalArgumentException(
          what + ": " + batch.count() + " vectors, and x has " + count);
    }
    if (batch.elements().device() != null) {
      throw new IllegalArgumentException(what + ": it is on a device; products are of the host");
    }
    if (batch instanceof DifferenceBatch) {
      throw new IllegalArgumentException(
          what + ": it is a view of differences; products are of vectors in memory");
    }
    for (long i = 0; i < count; i++) {
      if (batch.length(i) != length) {
        throw new IllegalArgumentException(
            what + ": vector " + i + " has " + batch.length(i) + " elements, not " + length);
      }
    }
  }

  /** Checks that a batch as above can be written. */
  static void checkWritable(String what, Batch batch) {
    if (batch.elements().segment().isReadOnly()) {
      throw new IllegalArgumentException(what + ": the segment is read-only");
    }
    if (batch.layout().extent().length() < batch.layout().size()) {
      throw new IllegalArgumentException(what + ": several of its elements lie at the same place");
    }
  }

  /** Checks that no block is written where another, at the same time, is read. */
  static void checkPlaces(Batch b, Batch x, Batch out) {
    if (overlap(x, out) && !areSamePlaces(x, out)) {
      throw new IllegalArgumentException(
          "out: overlaps x, and not element by element at the same place");
    }
    if (b != null && overlap(b, out)) {
      throw new IllegalArgumentException("out: overlaps b");
    }
  }

  private static boolean overlap(Batch a, Batch b) {
    MemorySegment first = reach(a);
    MemorySegment second = reach(b);
    return first.byteSize() > 0
        && second.byteSize() > 0
        && first.asOverlappingSlice(second).isPresent();
  }

  /** Returns the memory from the first to the last element. */
  private static MemorySegment reach(Batch batch) {
    Extent extent = batch.layout().extent();
    int size = batch.type().bytes();
    return batch.elements().segment().asSlice(extent.from() * size, extent.length() * size);
  }

  private static boolean areSamePlaces(Batch a, Batch b) {
    if (a.type() != b.type() || !a.elements().segment().equals(b.elements().segment())) {
      return false;
    }
    for (long i = 0; i < a.count(); i++) {
      boolean start = a.layout().start(i) == b.layout().start(i);
      if (!start
          || !Arrays.equals(a.layout().elements(i).table(), b.layout().elements(i).table())) {
        return false;
      }
    }
    return true;
  }

  static double[] read(Batch batch, int length) {
    double[] rows = new double[Math.multiplyExact((int) batch.count(), length)];
    for (int i = 0, at = 0; i < batch.count(); i++) {
      long start = batch.layout().start(i);
      for (int j = 0; j < length; j++) {
        rows[at++] = batch.elements().get(start + batch.layout().elements(i).offset(j));
      }
    }
    return rows;
  }

  static void write(double[] rows, Batch batch) {
    for (int i = 0, at = 0; i < batch.count(); i++) {
      long start = batch.layout().start(i);
      for (long j = 0; j < batch.length(i); j++) {
        batch.elements().set(start + batch.layout().elements(i).offset(j), rows[at++]);
      }
    }
  }
}
