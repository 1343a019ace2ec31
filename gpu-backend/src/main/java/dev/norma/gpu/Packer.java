package dev.norma.gpu;

import dev.norma.Batch;
import dev.norma.DifferenceBatch;
import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.spi.Axes;
import dev.norma.spi.Layout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Copies elements of host memory one behind the other, in the order of the vectors that they belong
 * to, or from there back to where they belong. Elements that are neighbours already are copied
 * together, however many vectors they are of.
 */
final class Packer {
  private final Elements elements;
  private final int size;
  private final boolean back;
  private MemorySegment packed;
  private long end;
  private long pendingFrom;
  private long pending;

  /** Packs elements. */
  Packer(Elements elements) {
    this(elements, false);
  }

  private Packer(Elements elements, boolean back) {
    this.elements = elements;
    this.size = elements.type().bytes();
    this.back = back;
  }

  /** Returns one that copies to the elements what was packed, or computed in its place. */
  static Packer back(Elements elements) {
    return new Packer(elements, true);
  }

  /** Begins at the front of some memory. */
  void begin(MemorySegment memory) {
    begin(memory, 0);
  }

  /** Begins at a byte of some memory. */
  void begin(MemorySegment memory, long offset) {
    packed = memory;
    end = offset;
    pending = 0;
  }

  /**
   * Adds n elements of a vector, from element {@code from} on, as elements of a type, which is
   * binary64 where it is another than theirs.
   */
  void add(Batch batch, ElementType as, long vector, long from, long n) {
    Layout layout = batch.layout();
    if (batch instanceof DifferenceBatch || batch.type() != as) {
      flush();
      convert(batch, vector, from, n);
    } else {
      add(layout.start(vector), layout.elements(vector), from, n);
    }
  }

  private void convert(Batch batch, long vector, long from, long n) {
    for (long i = from; i < from + n; i++) {
      if (back) {
        double value = packed.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, end);
        batch.elements().set(position(batch, vector, i), value);
      } else {
        packed.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, end, value(batch, vector, i));
      }
      end += Double.BYTES;
    }
  }

  private static double value(Batch batch, long vector, long i) {
    return batch instanceof DifferenceBatch difference
        ? difference.of(vector, value(difference.x(), vector, i), value(difference.y(), vector, i))
        : batch.elements().get(position(batch, vector, i));
  }

  private static long position(Batch batch, long vector, long i) {
    return batch.layout().start(vector) + batch.layout().elements(vector).offset(i);
  }

  /** Adds n elements of a vector, from element {@code from} on. */
  void add(long start, Axes axes, long from, long n) {
    for (long done = 0; done < n; ) {
      long run = Math.min(n - done, axes.innerSize() - (from + done) % axes.innerSize());
      long position = start + axes.offset(from + done);
      if (axes.innerStride() == 1 || run == 1) {
        add(position, run);
      } else {
        flush();
        gather(position, axes.innerStride(), run);
      }
      done += run;
    }
  }

  /** Adds n neighbouring elements. */
  void add(long position, long n) {
    if (pending > 0 && pendingFrom + pending == position) {
      pending += n;
      return;
    }
    flush();
    pendingFrom = position;
    pending = n;
  }

  /** Returns where the last element ended. */
  long finish() {
    flush();
    return end;
  }

  private void flush() {
    long bytes = pending * size;
    if (back) {
      MemorySegment.copy(packed, end, elements.segment(), pendingFrom * size, bytes);
    } else {
      MemorySegment.copy(elements.segment(), pendingFrom * size, packed, end, bytes);
    }
    end += bytes;
    pending = 0;
  }

  private void gather(long position, long stride, long n) {
    if (back) {
      copy(packed, end, size, elements.segment(), position * size, stride * size, n);
    } else {
      copy(elements.segment(), position * size, stride * size, packed, end, size, n);
    }
    end += n * size;
  }

  /** Copies n elements between places that are so many bytes apart on either side. */
  private void copy(
      MemorySegment from, long at, long step, MemorySegment to, long place, long apart, long n) {
    switch (size) {
      case Double.BYTES -> {
        ValueLayout.OfLong word = ValueLayout.JAVA_LONG_UNALIGNED;
        for (long i = 0; i < n; i++) {
          to.set(word, place + i * apart, from.get(word, at + i * step));
        }
      }
      case Float.BYTES -> {
        ValueLayout.OfInt word = ValueLayout.JAVA_INT_UNALIGNED;
        for (long i = 0; i < n; i++) {
          to.set(word, place + i * apart, from.get(word, at + i * step));
        }
      }
      default -> {
        ValueLayout.OfShort word = ValueLayout.JAVA_SHORT_UNALIGNED;
        for (long i = 0; i < n; i++) {
          to.set(word, place + i * apart, from.get(word, at + i * step));
        }
      }
    }
  }
}
