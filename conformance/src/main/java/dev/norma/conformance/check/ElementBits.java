package dev.norma.conformance.check;

import dev.norma.ElementType;
import dev.norma.conformance.Format;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.StringJoiner;

/** Shows numbers so exactly that they can be put in again. */
final class ElementBits {
  /** Longer vectors are not shown: their case makes them again. */
  private static final int LONGEST_SHOWN = 32;

  private ElementBits() {}

  /** Shows a binary64 number. */
  static String show(double x) {
    return "%016x".formatted(Double.doubleToRawLongBits(x));
  }

  /** Shows a vector as the bits that its elements have in memory. */
  static String show(ElementType type, double[] vector) {
    if (vector.length > LONGEST_SHOWN) {
      return vector.length + " elements, as the case has them";
    }
    MemorySegment memory = MemorySegment.ofArray(new byte[vector.length * type.bytes()]);
    StringJoiner bits = new StringJoiner(" ", "[", "]");
    for (int i = 0; i < vector.length; i++) {
      Format.of(type).write(memory, i, vector[i]);
      bits.add(show(type, memory, (long) i * type.bytes()));
    }
    return bits.toString();
  }

  private static String show(ElementType type, MemorySegment memory, long at) {
    return switch (type) {
      case F64 -> "%016x".formatted(memory.get(ValueLayout.JAVA_LONG_UNALIGNED, at));
      case F32 -> "%08x".formatted(memory.get(ValueLayout.JAVA_INT_UNALIGNED, at));
      case F16, BF16 -> "%04x".formatted(memory.get(ValueLayout.JAVA_SHORT_UNALIGNED, at));
    };
  }
}
