package dev.norma.conformance;

import dev.norma.ElementType;
import java.util.ArrayList;
import java.util.List;

/** Cases of a random type, shape, placement, memory and family of values. */
public final class RandomCases {
  /** No case has more elements than this, and none a longer vector than half of it. */
  private static final int MOST_BITS = 15;

  private RandomCases() {}

  /** Returns so many cases, which are the same for a seed for ever. */
  public static List<Case> of(long seed, int count) {
    Seeded random = new Seeded(seed);
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      cases.add(one("random " + i + " of " + seed, random));
    }
    return cases;
  }

  private static Case one(String name, Seeded random) {
    ElementType type = pick(ElementType.values(), random);
    Placement placement = pick(Placement.values(), random);
    Memory memory = pick(Memory.values(), random);
    Family family = pick(Family.values(), random);
    int lengthBits = random.below(MOST_BITS);
    int length = random.below(1 << lengthBits);
    // An even number, which every placement can number its vectors by.
    int count = 2 * (1 + random.below(1 << (MOST_BITS - 1 - lengthBits)));
    if (placement == Placement.RAGGED) {
      long seed = random.bits();
      String full = name + ", " + count + " shorter than " + (length + 1) + " " + family;
      return new Case(
          full, type, placement, memory, () -> ragged(type, family, count, length, seed));
    }
    return Cases.of(name, type, family, count, length, placement, memory);
  }

  private static double[][] ragged(
      ElementType type, Family family, int count, int longest, long seed) {
    Seeded random = new Seeded(seed);
    double[][] vectors = new double[count][];
    for (int i = 0; i < count; i++) {
      vectors[i] = family.vector(type, random.below(longest + 1), random);
    }
    return vectors;
  }

  private static <T> T pick(T[] values, Seeded random) {
    return values[random.below(values.length)];
  }
}
