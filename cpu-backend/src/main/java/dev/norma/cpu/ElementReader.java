package dev.norma.cpu;

import dev.norma.Batch;
import dev.norma.DifferenceBatch;
import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.spi.Axes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Copies elements of a vector, wherever they lie, to the front of a small array, widened exactly.
 * Used by one thread at a time.
 */
class ElementReader {
  private static final ValueLayout.OfDouble F64 = ValueLayout.JAVA_DOUBLE_UNALIGNED;
  private static final ValueLayout.OfFloat F32 = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final ValueLayout.OfShort F16 = ValueLayout.JAVA_SHORT_UNALIGNED;

  private float[] floats = new float[0];
  private short[] shorts = new short[0];
  private double[] others = new double[0];

  /** Copies elements {@code from} to {@code from + n} of a vector, of any type. */
  void read(Batch batch, long vector, long from, int n, double[] to) {
    if (batch instanceof DifferenceBatch difference) {
      others = others.length < n ? new double[n] : others;
      read(difference.x(), vector, from, n, to);
      read(difference.y(), vector, from, n, others);
      for (int i = 0; i < n; i++) {
        to[i] = difference.of(vector, to[i], others[i]);
      }
      return;
    }
    if (batch.layout().contiguous()) {
      widen(batch.elements(), batch.layout().start(vector) + from, 1, n, to, 0);
      return;
    }
    Axes axes = batch.layout().elements(vector);
    long start = batch.layout().start(vector);
    for (int done = 0; done < n; ) {
      int run = run(axes, from + done, n - done);
      long position = start + axes.offset(from + done);
      widen(batch.elements(), position, axes.innerStride(), run, to, done);
      done += run;
    }
  }

  /** Copies n numbers of any type from a position on, each {@code stride} after the one before. */
  void widen(Elements from, long position, long stride, int n, double[] to, int at) {
    if (from.type() == ElementType.F64) {
      copyDoubles(from, position, stride, n, to, at);
      return;
    }
    floats = floats.length < n ? new float[n] : floats;
    copyFloats(from, position, stride, n, floats, 0);
    widenBinary32(floats, 0, n, to, at);
  }

  /** Widens n binary32 numbers. */
  void widenBinary32(float[] from, int start, int n, double[] to, int at) {
    for (int i = 0; i < n; i++) {
      to[at + i] = from[start + i];
    }
  }

  /** Copies elements {@code from} to {@code from + n} of a vector of one of the shorter types. */
  void read(Batch batch, long vector, long from, int n, float[] to) {
    Axes axes = batch.layout().elements(vector);
    long start = batch.layout().start(vector);
    for (int done = 0; done < n; ) {
      int run = run(axes, from + done, n - done);
      long position = start + axes.offset(from + done);
      copyFloats(batch.elements(), position, axes.innerStride(), run, to, done);
      done += run;
    }
  }

  /** How many elements from this one on lie on one line, at most so many. */
  private static int run(Axes axes, long from, int most) {
    return (int) Math.min(most, axes.innerSize() - from % axes.innerSize());
  }

  /** Copies n binary64 numbers from a position on, each {@code stride} after the one before. */
  void copyDoubles(Elements from, long position, long stride, int n, double[] to, int at) {
    if (from.array() instanceof double[] array) {
      if (stride == 1) {
        System.arraycopy(array, (int) position, to, at, n);
        return;
      }
      for (int i = 0; i < n; i++) {
        to[at + i] = array[(int) (position + i * stride)];
      }
      return;
    }
    MemorySegment segment = from.segment();
    if (stride == 1) {
      MemorySegment.copy(segment, F64, position * Double.BYTES, to, at, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      to[at + i] = segment.get(F64, (position + i * stride) * Double.BYTES);
    }
  }

  /** Copies n shorter numbers from a position on, each {@code stride} after the one before. */
  void copyFloats(Elements from, long position, long stride, int n, float[] to, int at) {
    if (from.type() == ElementType.F32) {
      copyBinary32(from, position, stride, n, to, at);
      return;
    }
    shorts = shorts.length < n ? new short[n] : shorts;
    copyShorts(from, position, stride, n);
    if (from.type() == ElementType.F16) {
      for (int i = 0; i < n; i++) {
        to[at + i] = Float.float16ToFloat(shorts[i]);
      }
    } else {
      widenBf16(shorts, n, to, at);
    }
  }

  /** Widens the first n of some bfloat16 numbers. */
  void widenBf16(short[] from, int n, float[] to, int at) {
    for (int i = 0; i < n; i++) {
      to[at + i] = Elements.bf16ToFloat(from[i]);
    }
  }

  private static void copyBinary32(
      Elements from, long position, long stride, int n, float[] to, int at) {
    if (from.array() instanceof float[] array) {
      if (stride == 1) {
        System.arraycopy(array, (int) position, to, at, n);
        return;
      }
      for (int i = 0; i < n; i++) {
        to[at + i] = array[(int) (position + i * stride)];
      }
      return;
    }
    MemorySegment segment = from.segment();
    if (stride == 1) {
      MemorySegment.copy(segment, F32, position * Float.BYTES, to, at, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      to[at + i] = segment.get(F32, (position + i * stride) * Float.BYTES);
    }
  }

  private void copyShorts(Elements from, long position, long stride, int n) {
    if (from.array() instanceof short[] array) {
      if (stride == 1) {
        System.arraycopy(array, (int) position, shorts, 0, n);
        return;
      }
      for (int i = 0; i < n; i++) {
        shorts[i] = array[(int) (position + i * stride)];
      }
      return;
    }
    MemorySegment segment = from.segment();
    if (stride == 1) {
      MemorySegment.copy(segment, F16, position * Short.BYTES, shorts, 0, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      shorts[i] = segment.get(F16, (position + i * stride) * Short.BYTES);
    }
  }
}
