package dev.norma;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Checks that results have room where a caller wants them, apart from what is still to be read. */
final class Places {
  private Places() {}

  /** Checks places in an array. */
  static void check(double[] out, int offset, long count, List<Elements> read) {
    Objects.requireNonNull(out, "out");
    Objects.checkFromIndexSize((long) offset, count, out.length);
    long start = (long) offset * Double.BYTES;
    checkApart(MemorySegment.ofArray(out).asSlice(start, count * Double.BYTES), read);
  }

  /** Checks places at the front of a segment; what is behind them may be elements. */
  static void check(MemorySegment out, long count, List<Elements> read) {
    Objects.requireNonNull(out, "out");
    if (out.isReadOnly()) {
      throw new IllegalArgumentException("out: the segment is read-only");
    }
    if (count > out.byteSize() / Double.BYTES) {
      throw new IndexOutOfBoundsException(
          "out: " + out.byteSize() + " bytes for " + count + " norms");
    }
    checkApart(out.asSlice(0, count * Double.BYTES), read);
  }

  /** Checks an array for each of several norms. */
  static void check(double[][] out, int norms, int offset, long count, List<Elements> read) {
    if (out.length != norms) {
      throw new IllegalArgumentException("out: " + out.length + " arrays for " + norms + " norms");
    }
    for (double[] array : out) {
      check(array, offset, count, read);
    }
    if (Arrays.stream(out).distinct().count() < norms) {
      throw new IllegalArgumentException("out: two of the arrays are the same");
    }
  }

  /** Returns the length of an array for so many results. */
  static int arrayLength(long count) {
    if (count > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          count + " results do not fit an array, which holds at most 2147483639");
    }
    return (int) count;
  }

  /** Results are written while elements are still to be read. */
  private static void checkApart(MemorySegment out, List<Elements> read) {
    for (Elements elements : read) {
      if (elements.device() == null && out.asOverlappingSlice(elements.segment()).isPresent()) {
        throw new IllegalArgumentException("out: overlaps the elements of the batch");
      }
    }
  }
}
