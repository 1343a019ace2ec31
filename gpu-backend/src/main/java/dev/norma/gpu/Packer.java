package dev.norma.gpu;

import dev.norma.Elements;
import dev.norma.spi.Axes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Copies elements of host memory one behind the other, in the order of the vectors that they belong
 * to. Elements that are neighbours already are copied together, however many vectors they are of.
 */
final class Packer {
  private final Elements elements;
  private final int size;
  private MemorySegment to;
  private long end;
  private long pendingFrom;
  private long pending;

  Packer(Elements elements) {
    this.elements = elements;
    this.size = elements.type().bytes();
  }

  /** Begins at the front of some memory. */
  void begin(MemorySegment memory) {
    to = memory;
    end = 0;
    pending = 0;
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

  /** Returns how many bytes were written in all, after the last one. */
  long finish() {
    flush();
    return end;
  }

  private void flush() {
    long bytes = pending * size;
    MemorySegment.copy(elements.segment(), pendingFrom * size, to, end, bytes);
    end += bytes;
    pending = 0;
  }

  private void gather(long position, long stride, long n) {
    MemorySegment from = elements.segment();
    switch (size) {
      case Double.BYTES -> {
        ValueLayout.OfLong word = ValueLayout.JAVA_LONG_UNALIGNED;
        for (long i = 0; i < n; i++) {
          to.set(word, end + i * Long.BYTES, from.get(word, (position + i * stride) * Long.BYTES));
        }
      }
      case Float.BYTES -> {
        ValueLayout.OfInt word = ValueLayout.JAVA_INT_UNALIGNED;
        for (long i = 0; i < n; i++) {
          to.set(word, end + i * Integer.BYTES, from.get(word, (position + i * stride) * 4));
        }
      }
      default -> {
        ValueLayout.OfShort word = ValueLayout.JAVA_SHORT_UNALIGNED;
        for (long i = 0; i < n; i++) {
          to.set(word, end + i * Short.BYTES, from.get(word, (position + i * stride) * 2));
        }
      }
    }
    end += n * size;
  }
}
