package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.fail;

import dev.norma.Batch;
import dev.norma.Elements;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;

/**
 * What the memory that results go to has to look like, byte by byte: as it was before, but for the
 * elements that are written. Not safe for use by several threads.
 */
final class Image {
  private final Elements elements;
  private final Format format;
  private final Placement placement;
  private final double[][] vectors;
  private final long first;
  private final byte[] bytes;
  private final MemorySegment expected;

  private Image(Batch out, Placement placement, double[][] vectors, long first) {
    this.elements = out.elements();
    this.format = Format.of(out.type());
    this.placement = placement;
    this.vectors = vectors;
    this.first = first;
    this.bytes = bytes(elements);
    this.expected = MemorySegment.ofArray(bytes);
  }

  /** Takes a copy of the memory of some vectors, of which the numbers are known. */
  static Image of(Batch out, Case place, double[][] vectors) {
    return new Image(out, place.placement(), vectors, 0);
  }

  /** Takes a copy of the memory of such vectors after an upload, which leaves no room before. */
  static Image ofUpload(Batch out, Case place, double[][] vectors) {
    long first = Long.MAX_VALUE;
    for (int i = 0; i < vectors.length; i++) {
      IntToLongFunction positions = place.placement().positions(vectors, i);
      for (int j = 0; j < vectors[i].length; j++) {
        first = Math.min(first, positions.applyAsLong(j));
      }
    }
    return new Image(out, place.placement(), vectors, first);
  }

  private static byte[] bytes(Elements elements) {
    byte[] bytes = new byte[Math.toIntExact(elements.length() * elements.type().bytes())];
    MemorySegment copy = MemorySegment.ofArray(bytes);
    if (elements.device() == null) {
      copy.copyFrom(elements.segment());
    } else {
      elements.device().read(0, copy);
    }
    return bytes;
  }

  /** Expects values in place of the elements of a vector, or added to them. */
  void expect(int vector, double[] values, boolean added) {
    IntToLongFunction positions = placement.positions(vectors, vector);
    for (int j = 0; j < values.length; j++) {
      double y = added ? values[j] + vectors[vector][j] : values[j];
      double written = Double.isNaN(y) ? Double.NaN : format.written(y);
      format.write(expected, positions.applyAsLong(j) - first, written);
    }
  }

  /** Compares every byte of the memory. */
  void check(Supplier<String> what) {
    compare(elements, what);
  }

  /** Compares every byte of memory of the same size. */
  void compare(Elements other, Supplier<String> what) {
    MemorySegment actual = MemorySegment.ofArray(bytes(other));
    long difference = expected.mismatch(actual);
    if (difference >= 0) {
      long at = difference / elements.type().bytes();
      fail(
          "%s: expected %s, actual %s %s"
              .formatted(what.get(), show(expected, at), show(actual, at), place(at)));
    }
  }

  private String show(MemorySegment memory, long at) {
    StringBuilder bits = new StringBuilder();
    for (int k = format.type().bytes() - 1; k >= 0; k--) {
      byte one = memory.get(ValueLayout.JAVA_BYTE, at * format.type().bytes() + k);
      bits.append("%02x".formatted(one));
    }
    return Bits.show(format.read(memory, at)) + " = " + bits;
  }

  private String place(long at) {
    for (int i = 0; i < vectors.length; i++) {
      IntToLongFunction positions = placement.positions(vectors, i);
      for (int j = 0; j < vectors[i].length; j++) {
        if (positions.applyAsLong(j) - first == at) {
          return "in element %d of vector %d, %s".formatted(j, i, Bits.show(vectors[i]));
        }
      }
    }
    return "at " + at + ", between the vectors";
  }
}
