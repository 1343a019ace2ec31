package dev.norma.cpu;

import static dev.norma.cpu.Species.I32;
import static dev.norma.cpu.Species.WIDTH;

import dev.norma.Elements;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Widens bfloat16 by SIMD, which the compiler does not make of a loop by itself, and binary32 where
 * it lies.
 */
final class SimdElementReader extends ElementReader {
  private static final VectorSpecies<Short> HALF =
      VectorSpecies.of(short.class, VectorShape.forBitSize(I32.vectorBitSize() / 2));

  @Override
  void widen(Elements from, long position, long stride, int n, double[] to, int at) {
    if (stride == 1 && from.array() instanceof float[] array) {
      widenBinary32(array, (int) position, n, to, at);
    } else {
      super.widen(from, position, stride, n, to, at);
    }
  }

  @Override
  void widenBinary32(float[] from, int start, int n, double[] to, int at) {
    int i = 0;
    for (; i <= n - WIDTH; i += WIDTH) {
      SumKernel.widen(from, start + i).intoArray(to, at + i);
    }
    for (; i < n; i++) {
      to[at + i] = from[start + i];
    }
  }

  @Override
  void widenBf16(short[] from, int n, float[] to, int at) {
    int i = 0;
    for (; i <= n - HALF.length(); i += HALF.length()) {
      IntVector bits =
          (IntVector)
              ShortVector.fromArray(HALF, from, i).convertShape(VectorOperators.S2I, I32, 0);
      bits.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().intoArray(to, at + i);
    }
    for (; i < n; i++) {
      to[at + i] = Float.intBitsToFloat(from[i] << 16);
    }
  }
}
