package dev.norma.cpu;

import static dev.norma.cpu.Species.I32;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Widens bfloat16 by SIMD, which the compiler does not make of a loop by itself. */
final class SimdElementReader extends ElementReader {
  private static final VectorSpecies<Short> HALF =
      VectorSpecies.of(short.class, VectorShape.forBitSize(I32.vectorBitSize() / 2));

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
