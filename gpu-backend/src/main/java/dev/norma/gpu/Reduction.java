package dev.norma.gpu;

import dev.norma.ElementType;
import dev.norma.spi.Primitive;
import java.util.Locale;

/** What a program reduces: one primitive, or the five that are bound by memory together. */
enum Reduction {
  NONZERO_COUNT,
  ABS_SUM,
  SQUARE_SUM,
  ABS_MAX,
  ABS_MIN,
  POW_SUM,
  SEVERAL;

  static Reduction of(Primitive primitive) {
    return valueOf(primitive.kind().name());
  }

  /** Returns the name of the header that it is written in. */
  String header() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Tells whether a device gains by groups that copy short rows, see staged.h. A CPU takes four
   * powers at once, and there only two.
   */
  boolean stagesRows(boolean cpu) {
    return !cpu || this != POW_SUM;
  }

  /** Tells whether it has one in which pairs of work-items take short rows, see short.h. */
  boolean pairsRows() {
    return this != POW_SUM && this != SEVERAL;
  }

  /** Returns how many 64-bit words the state of a vector has in memory. */
  int slots(ElementType type) {
    int sum = sumSlots(type);
    return switch (this) {
      case NONZERO_COUNT, ABS_MAX, ABS_MIN -> 1;
      case ABS_SUM, SQUARE_SUM -> sum;
      case POW_SUM -> 2;
      case SEVERAL -> 3 + 2 * sum;
    };
  }

  /** Returns the first word of a primitive in the state. */
  int slotOf(Reduction single, ElementType type) {
    int sum = sumSlots(type);
    if (this != SEVERAL) {
      return 0;
    }
    return switch (single) {
      case ABS_SUM -> 1;
      case SQUARE_SUM -> 1 + sum;
      case ABS_MAX -> 1 + 2 * sum;
      case ABS_MIN -> 2 + 2 * sum;
      case NONZERO_COUNT, POW_SUM, SEVERAL -> 0;
    };
  }

  private static int sumSlots(ElementType type) {
    return type == ElementType.F64 ? 2 : 1;
  }

  /** Turns the first word of a primitive's state into its number. */
  double number(long word, ElementType type) {
    boolean wide = type == ElementType.F64;
    return switch (this) {
      case NONZERO_COUNT -> word;
      case ABS_MAX -> absolute(word, wide);
      case ABS_MIN -> absolute(wide ? INFINITY_64 - word : INFINITY_32 - word, wide);
      case ABS_SUM, SQUARE_SUM, POW_SUM, SEVERAL -> Double.longBitsToDouble(word);
    };
  }

  private static final long INFINITY_64 = 0x7FF0000000000000L;
  private static final long INFINITY_32 = 0x7F800000L;

  /** The number whose bits, but for the sign, are given; see abs_max.h and abs_min.h. */
  private static double absolute(long bits, boolean wide) {
    return wide
        ? Double.longBitsToDouble(bits & Long.MAX_VALUE)
        : Float.intBitsToFloat((int) bits & Integer.MAX_VALUE);
  }
}
