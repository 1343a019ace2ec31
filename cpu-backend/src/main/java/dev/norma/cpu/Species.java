package dev.norma.cpu;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vectors that the kernels compute with: the widest that the processor prefers, up to 512 bits,
 * or of the width that {@link SimdWidth} was told. The 32 lanes of a chunk are kept in groups of
 * four vectors, as many groups as it takes; no width changes a result.
 */
final class Species {
  /** Binary64 at full width. */
  static final VectorSpecies<Double> F64 = VectorSpecies.of(double.class, shape());

  /** How many binary64 numbers a vector holds. */
  static final int WIDTH = F64.length();

  /** As many binary32 numbers as there are binary64 in a vector. */
  static final VectorSpecies<Float> F32_HALF =
      VectorSpecies.of(float.class, VectorShape.forBitSize(WIDTH * Float.SIZE));

  /** Binary32 at full width. */
  static final VectorSpecies<Float> F32 = VectorSpecies.of(float.class, shape());

  /** The bits of binary64 at full width. */
  static final VectorSpecies<Long> I64 = VectorSpecies.of(long.class, shape());

  /** The bits of binary32 at full width. */
  static final VectorSpecies<Integer> I32 = VectorSpecies.of(int.class, shape());

  /** Two binary64 numbers. */
  static final VectorSpecies<Double> F64_X2 = DoubleVector.SPECIES_128;

  /** Four binary64 numbers, or two where vectors are no wider. */
  static final VectorSpecies<Double> F64_X4 =
      WIDTH >= 4 ? DoubleVector.SPECIES_256 : DoubleVector.SPECIES_128;

  private Species() {}

  private static VectorShape shape() {
    int preferred = Math.clamp(FloatVector.SPECIES_PREFERRED.vectorBitSize(), 128, 512);
    int forced = SimdWidth.forced();
    return VectorShape.forBitSize(forced == 0 ? preferred : forced);
  }
}
