package dev.norma.gpu;

import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.conformance.Extremes;
import dev.norma.spi.ElementMap;
import dev.norma.spi.PowerScale;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

/** Functions of elements with coefficients, and elements, that meet every branch there is. */
final class FunctionCase {
  private static final double[] HARD = {
    0,
    -0.0,
    1,
    -1,
    Double.MIN_VALUE,
    0x1p-1060,
    0x1p-140,
    -0x1p-25,
    0x1p-96,
    0x1.fffffffffffffp-97,
    -0x1.fffffffffffffp95,
    0x1p96,
    0x1.000001p0,
    0x1p120,
    0x1.fp1023,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN
  };

  private final ElementMap map;
  private final ElementType type;
  private final Random random;

  FunctionCase(ElementMap map, ElementType type, long seed) {
    this.map = map;
    this.type = type;
    this.random = new Random(seed);
  }

  static Stream<ElementMap> maps() {
    return Stream.of(
        ElementMap.ZERO,
        ElementMap.SCALE,
        ElementMap.SIGN,
        ElementMap.TIE,
        ElementMap.EQUAL,
        ElementMap.power(1.5),
        ElementMap.power(-900.5),
        ElementMap.SHRINK,
        ElementMap.CLAMP,
        ElementMap.hessian(0),
        ElementMap.hessian(0.7));
  }

  /** Returns elements of the type, of which a half are hard ones. */
  Elements elements(long count) {
    double[] hard = Extremes.of(type);
    MemorySegment memory = MemorySegment.ofArray(new long[(int) count]);
    for (long i = 0; i < count; i++) {
      double value =
          random.nextBoolean() ? random.nextGaussian() : hard[random.nextInt(hard.length)];
      // The power of a NaN is asked for with coefficients that are NaN too.
      boolean refused = map.kind() == ElementMap.Kind.POWER && Double.isNaN(value);
      set(memory, i, refused ? 1 : value);
    }
    return Elements.of(memory.asSlice(0, count * type.bytes()), type);
  }

  private void set(MemorySegment memory, long i, double value) {
    switch (type) {
      case F64 -> memory.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, i * 8, value);
      case F32 -> memory.set(ValueLayout.JAVA_FLOAT_UNALIGNED, i * 4, (float) value);
      case F16 ->
          memory.set(ValueLayout.JAVA_SHORT_UNALIGNED, i * 2, Float.floatToFloat16((float) value));
      case BF16 ->
          memory.set(
              ValueLayout.JAVA_SHORT_UNALIGNED,
              i * 2,
              (short) (Float.floatToRawIntBits((float) value) >>> 16));
    }
  }

  /** Returns coefficients for so many vectors. */
  double[][] coefficients(int count) {
    double[][] all = new double[map.kind().coefficients()][count];
    for (int v = 0; v < count; v++) {
      double[] some = coefficients();
      for (int k = 0; k < some.length; k++) {
        all[k][v] = some[k];
      }
    }
    return all;
  }

  private double[] coefficients() {
    return switch (map.kind()) {
      case ZERO -> new double[0];
      case SCALE -> scale();
      case SIGN, CLAMP -> new double[] {any()};
      case SHRINK -> new double[] {any(), any(), random.nextGaussian() * 0x1p-54};
      case EQUAL -> new double[] {element()};
      case TIE -> new double[] {element(), any()};
      case POWER -> power();
      case HESSIAN -> hessian();
    };
  }

  private double[] scale() {
    double before = random.nextInt(4) == 0 ? 0x1p900 : 1;
    double after = random.nextInt(3) == 0 ? 0x1p-1022 : 1;
    double lo = random.nextBoolean() ? 0 : random.nextGaussian() * 0x1p-54;
    return new double[] {any(), lo, before, after};
  }

  private double[] power() {
    double hi = Math.exp(3 * random.nextGaussian());
    int far = random.nextInt(4) == 0 ? random.nextInt(6000) - 3000 : 0;
    PowerScale scale = PowerScale.of(hi, random.nextGaussian() * Math.ulp(hi) / 4, far);
    return new double[] {any(), far, scale.mantissa(), scale.rest(), scale.exponent()};
  }

  private double[] hessian() {
    double[] power = power();
    double[] all = Arrays.copyOf(new double[] {any(), 0x1p3}, 2 + power.length);
    System.arraycopy(power, 0, all, 2, power.length);
    return all;
  }

  /** A number, which is seldom a hard one. */
  private double any() {
    return random.nextInt(4) > 0 ? random.nextGaussian() : HARD[random.nextInt(HARD.length)];
  }

  /** What elements are like. */
  private double element() {
    double[] hard = Extremes.of(type);
    return Math.abs(hard[random.nextInt(hard.length)]);
  }
}
