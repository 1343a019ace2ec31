package dev.norma.conformance;

import dev.norma.ElementType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;

/**
 * Places beside the vectors of a case, for other numbers of as many vectors of the same lengths:
 * where results go, and second operands. Which one is taken depends on a number.
 */
final class Room {
  private static final List<Memory> READABLE = List.of(Memory.values());

  private static final List<Memory> WRITABLE =
      List.copyOf(EnumSet.complementOf(EnumSet.of(Memory.HEAP_READ_ONLY, Memory.MAPPED)));

  private Room() {}

  /** Returns a place that can be written to. */
  static Case writable(ElementType type, double[][] vectors, int number) {
    Placement placement = placement(vectors, number, false);
    return new Case("out", type, placement, memory(number), () -> filled(type, vectors, placement));
  }

  /** Returns a place that is only read, and may be the same for several elements. */
  static Case readable(ElementType type, double[][] vectors, int number) {
    Placement placement = placement(vectors, number, true);
    Memory memory = READABLE.get(number % READABLE.size());
    return new Case("second", type, placement, memory, () -> filled(type, vectors, placement));
  }

  /** Returns the vectors in the same placement, in memory that can be written to. */
  static Case copy(Case what, double[][] vectors, int number) {
    return new Case(what.name(), what.type(), what.placement(), memory(number), () -> vectors);
  }

  /** Tells whether every element has a place of its own. */
  static boolean isWritable(Placement placement) {
    return placement != Placement.STRIDE_0 && placement != Placement.BROADCAST;
  }

  private static Memory memory(int number) {
    return WRITABLE.get(number % WRITABLE.size());
  }

  private static Placement placement(double[][] vectors, int number, boolean shared) {
    List<Placement> all =
        Arrays.stream(Placement.values())
            .filter(p -> fits(p, vectors) && (shared || isWritable(p)))
            .toList();
    return all.get(number % all.size());
  }

  private static boolean fits(Placement placement, double[][] vectors) {
    boolean even = vectors.length % 2 == 0;
    return switch (placement) {
      case RAGGED -> true;
      case WHOLE_FORTRAN -> vectors.length == 1;
      case AXIS_2_OF_4, AXIS_2_OF_4_FORTRAN -> even && isRegular(vectors);
      default -> isRegular(vectors);
    };
  }

  private static boolean isRegular(double[][] vectors) {
    return Arrays.stream(vectors).allMatch(v -> v.length == vectors[0].length);
  }

  /** Returns numbers of some size and sign, with special ones here and there. */
  private static double[][] filled(ElementType type, double[][] vectors, Placement placement) {
    double[] special = Extremes.of(type);
    Seeded random = new Seeded(vectors.length);
    double[][] filled = new double[vectors.length][];
    for (int i = 0; i < filled.length; i++) {
      Family family = i % 3 == 2 ? Family.WIDE : Family.NORMAL;
      filled[i] = family.vector(type, vectors[i].length, random);
      if (i % 4 == 3 && filled[i].length > 0) {
        filled[i][random.below(filled[i].length)] = special[random.below(special.length)];
      }
    }
    Cases.share(filled, placement);
    return filled;
  }
}
