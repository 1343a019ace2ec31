package dev.norma.cpu;

import static dev.norma.cpu.Species.F32_HALF;
import static dev.norma.cpu.Species.F64;
import static dev.norma.cpu.Species.WIDTH;

import dev.norma.ElementType;
import dev.norma.Elements;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Rounds and writes neighbouring elements by SIMD, those of an array where they lie. */
final class SimdElementWriter extends ElementWriter {
  private static final ValueLayout.OfDouble DOUBLES = ValueLayout.JAVA_DOUBLE_UNALIGNED;
  private static final ValueLayout.OfFloat FLOATS = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final ValueLayout.OfShort SHORTS = ValueLayout.JAVA_SHORT_UNALIGNED;

  private double[] doubles = new double[0];
  private float[] floats = new float[0];
  private short[] shorts = new short[0];

  @Override
  void write(double[] values, int at, int n, Elements to, long position, long stride) {
    if (stride != 1) {
      super.write(values, at, n, to, position, stride);
    } else if (to.type() == ElementType.F64) {
      writeBinary64(values, at, n, to, position);
    } else if (to.array() instanceof float[] array) {
      narrow(values, at, n, array, (int) position);
    } else {
      floats = floats.length < n ? new float[n] : floats;
      narrow(values, at, n, floats, 0);
      writeFloats(n, to, position);
    }
  }

  private void writeBinary64(double[] values, int at, int n, Elements to, long position) {
    if (to.array() instanceof double[] array) {
      copy(values, at, n, array, (int) position);
      return;
    }
    doubles = doubles.length < n ? new double[n] : doubles;
    copy(values, at, n, doubles, 0);
    MemorySegment.copy(doubles, 0, to.segment(), DOUBLES, position * Double.BYTES, n);
  }

  private void writeFloats(int n, Elements to, long position) {
    if (to.type() == ElementType.F32) {
      MemorySegment.copy(floats, 0, to.segment(), FLOATS, position * Float.BYTES, n);
      return;
    }
    shorts = shorts.length < n ? new short[n] : shorts;
    if (to.type() == ElementType.F16) {
      for (int i = 0; i < n; i++) {
        shorts[i] = Float.floatToFloat16(floats[i]);
      }
    } else {
      for (int i = 0; i < n; i++) {
        shorts[i] = Elements.floatToBf16(floats[i]);
      }
    }
    MemorySegment.copy(shorts, 0, to.segment(), SHORTS, position * Short.BYTES, n);
  }

  private static void copy(double[] values, int at, int n, double[] to, int start) {
    int i = 0;
    for (; i <= n - WIDTH; i += WIDTH) {
      DoubleVector y = DoubleVector.fromArray(F64, values, at + i);
      y.blend(Double.NaN, y.compare(VectorOperators.NE, y)).intoArray(to, start + i);
    }
    for (; i < n; i++) {
      to[start + i] = Double.isNaN(values[at + i]) ? Double.NaN : values[at + i];
    }
  }

  private static void narrow(double[] values, int at, int n, float[] to, int start) {
    int i = 0;
    for (; i <= n - WIDTH; i += WIDTH) {
      FloatVector y =
          (FloatVector)
              DoubleVector.fromArray(F64, values, at + i)
                  .convertShape(VectorOperators.D2F, F32_HALF, 0);
      y.blend(Float.NaN, y.compare(VectorOperators.NE, y)).intoArray(to, start + i);
    }
    for (; i < n; i++) {
      to[start + i] = toFloat(values[at + i]);
    }
  }
}
