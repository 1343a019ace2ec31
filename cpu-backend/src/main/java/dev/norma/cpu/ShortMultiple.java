package dev.norma.cpu;

import dev.norma.ElementType;
import dev.norma.spi.ElementMap;
import dev.norma.spi.MapPlan;

/**
 * Multiples of elements of the shorter types in binary32. The factor is a binary64 number h. Its
 * first 24 bits are the head, the other bits, rounded to binary32, the rest: fma(x, head, x · rest)
 * is x · h rounded once, but for an error of 2<sup>−45</sup>. Both have the sign of h, so that no
 * product that is too large meets one of the other sign; and a rest of 0 multiplies no infinity.
 * Where a product in f32 is so small that x · rest is rounded to the same last bit, or nearly, it
 * is computed in binary64.
 */
final class ShortMultiple {
  private static final double SMALLEST = 0x1p-96;
  private static final double TOO_LARGE = 0x1p96;
  private static final long LATER_BITS = (1L << 29) - 1;

  private ShortMultiple() {}

  /** Tells whether values of a plan that are multiples by such factors are computed so. */
  static boolean areWritten(MapPlan plan) {
    return plan.map().kind() == ElementMap.Kind.SCALE
        && plan.out() != null
        && !plan.adds()
        && plan.x().type() != ElementType.F64;
  }

  /** Tells whether a vector with these coefficients has such a factor. */
  static boolean fits(double hi, double before, double after) {
    double size = Math.abs(hi);
    boolean inRange = size >= SMALLEST && size < TOO_LARGE;
    return (inRange || size == 0) && before == 1 && after == 1;
  }

  /** Returns the first bits of a factor. */
  static float head(double hi) {
    return (float) Double.longBitsToDouble(Double.doubleToRawLongBits(hi) & ~LATER_BITS);
  }

  /** Returns the other bits, rounded. */
  static float rest(double hi) {
    return (float) (hi - head(hi));
  }

  /** Returns the place in {@link #order} below which products are computed in binary64. */
  static int small(ElementType type) {
    return type == ElementType.F32 ? order(0x1p-124f) : 0;
  }

  /** Returns, as a number without sign, the place of a product by its size, 0 being the last. */
  private static int order(float y) {
    return 2 * Float.floatToRawIntBits(y) - 1;
  }

  /** Returns the multiple of an element, in binary64 if it is before {@code small}. */
  static float of(float x, double factor, int small) {
    float head = head(factor);
    float rest = rest(factor);
    float y = rest == 0 ? x * head : Math.fma(x, head, x * rest);
    boolean isSmall = Integer.compareUnsigned(order(y), small) < 0;
    return isSmall ? (float) (x * factor) : y;
  }
}
