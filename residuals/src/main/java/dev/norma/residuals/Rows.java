package dev.norma.residuals;

import dev.norma.Batch;
import dev.norma.DifferenceBatch;
import java.util.Objects;

/** Vectors of one length, copied to and from rows of binary64 numbers. */
final class Rows {
  private Rows() {}

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
