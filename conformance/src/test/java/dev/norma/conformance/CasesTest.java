package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.ElementType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CasesTest {
  private static Stream<Case> all() {
    return Cases.byGroup().values().stream().flatMap(List::stream);
  }

  @Test
  void namesAreUnique() {
    Set<String> names = new HashSet<>();
    all().forEach(c -> assertTrue(names.add(c.toString()), () -> "twice: " + c));
  }

  @Test
  void lengthsThatAreKnownToMatterAreThere() {
    for (ElementType type : ElementType.values()) {
      Set<Integer> lengths = new TreeSet<>();
      Cases.byGroup().get("lengths").stream()
          .filter(c -> c.type() == type)
          .forEach(c -> lengths.add(c.vectors().get()[0].length));
      assertEquals(
          "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 31, 32, 33, 63, 64, 65,"
              + " 4095, 4096, 4097, 8191, 8192, 8193, 100003]",
          lengths.toString());
    }
  }

  @Test
  void everyKindOfMemoryAndPlacementIsThere() {
    for (ElementType type : ElementType.values()) {
      Set<Memory> memories = new HashSet<>();
      Set<Placement> placements = new HashSet<>();
      all().filter(c -> c.type() == type).forEach(c -> memories.add(c.memory()));
      all().filter(c -> c.type() == type).forEach(c -> placements.add(c.placement()));
      assertEquals(Set.of(Memory.values()), memories, type::toString);
      assertEquals(Set.of(Placement.values()), placements, type::toString);
    }
  }

  /** Elements that share a place would hide each other, but where sharing is the point. */
  @Test
  void placesAreDistinct() {
    for (Placement placement : Placement.values()) {
      int count = placement == Placement.WHOLE_FORTRAN ? 1 : 12;
      double[][] vectors = new double[count][30];
      Set<Long> places = new HashSet<>();
      for (int i = 0; i < count; i++) {
        for (int j = 0; j < 30; j++) {
          places.add(placement.position(vectors, i, j));
        }
      }
      int expected =
          switch (placement) {
            case STRIDE_0 -> count;
            case BROADCAST -> 30;
            default -> count * 30;
          };
      assertEquals(expected, places.size(), placement::toString);
    }
  }

  @Test
  void pairsHoldEveryTwoValues() {
    double[][] pairs = Extremes.pairs(ElementType.F64);
    long nans = Arrays.stream(pairs).filter(p -> Double.isNaN(p[0]) && Double.isNaN(p[1])).count();
    assertEquals(16, nans, "pairs of the four NaNs");
    assertTrue(
        Arrays.stream(pairs).anyMatch(p -> p[0] == 0 && p[1] == Double.POSITIVE_INFINITY),
        "0 beside infinity");
  }
}
