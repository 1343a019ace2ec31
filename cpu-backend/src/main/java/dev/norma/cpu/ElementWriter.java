package dev.norma.cpu;

import dev.norma.Batch;
import dev.norma.Elements;
import dev.norma.spi.Axes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Writes numbers to elements of a vector, wherever they lie, rounded to their type: to binary32
 * first and then further, where the type is shorter still. Every NaN is written with the same bits.
 * Used by one thread at a time.
 */
class ElementWriter {
  private static final ValueLayout.OfDouble F64 = ValueLayout.JAVA_DOUBLE_UNALIGNED;
  private static final ValueLayout.OfFloat F32 = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final ValueLayout.OfShort F16 = ValueLayout.JAVA_SHORT_UNALIGNED;

  /** Writes the first n numbers of an array to elements {@code from} to {@code from + n}. */
  final void write(double[] values, int n, Batch batch, long vector, long from) {
    if (batch.layout().contiguous()) {
      write(values, 0, n, batch.elements(), batch.layout().start(vector) + from, 1);
      return;
    }
    Axes axes = batch.layout().elements(vector);
    long start = batch.layout().start(vector);
    for (int done = 0; done < n; ) {
      long left = axes.innerSize() - (from + done) % axes.innerSize();
      int run = (int) Math.min(n - done, left);
      long position = start + axes.offset(from + done);
      write(values, done, run, batch.elements(), position, axes.innerStride());
      done += run;
    }
  }

  /** Writes n numbers from a position on, each {@code stride} after the one before. */
  void write(double[] values, int at, int n, Elements to, long position, long stride) {
    MemorySegment segment = to.segment();
    switch (to.type()) {
      case F64 -> {
        for (int i = 0; i < n; i++) {
          double y = values[at + i];
          segment.set(
              F64, (position + i * stride) * Double.BYTES, Double.isNaN(y) ? Double.NaN : y);
        }
      }
      case F32 -> {
        for (int i = 0; i < n; i++) {
          segment.set(F32, (position + i * stride) * Float.BYTES, toFloat(values[at + i]));
        }
      }
      case F16 -> {
        for (int i = 0; i < n; i++) {
          short bits = Float.floatToFloat16(toFloat(values[at + i]));
          segment.set(F16, (position + i * stride) * Short.BYTES, bits);
        }
      }
      case BF16 -> {
        for (int i = 0; i < n; i++) {
          short bits = Elements.floatToBf16(toFloat(values[at + i]));
          segment.set(F16, (position + i * stride) * Short.BYTES, bits);
        }
      }
    }
  }

  static float toFloat(double y) {
    return Double.isNaN(y) ? Float.NaN : (float) y;
  }
}
