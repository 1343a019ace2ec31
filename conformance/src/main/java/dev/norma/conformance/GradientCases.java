package dev.norma.conformance;

import static dev.norma.conformance.Memory.ARRAY;
import static dev.norma.conformance.Memory.CONFINED;
import static dev.norma.conformance.Memory.NATIVE;

import dev.norma.ElementType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The cases that derivatives are computed of: some of {@link Cases}, and some of their own. */
final class GradientCases {
  private static final int[] LENGTHS =
      IntStream.of(0, 1, 2, 3, 7, 31, 32, 33, 63, 64, 65, 4095, 4096, 4097, 8193).toArray();

  private GradientCases() {}

  static Map<String, List<Case>> byGroup() {
    Map<String, List<Case>> groups = new LinkedHashMap<>();
    Map<String, List<Case>> all = Cases.byGroup();
    groups.put("lengths", lengths());
    groups.put("placements", placements(all.get("placements")));
    groups.put("columns", every(3, all.get("columns")));
    groups.put("memory", memory(all.get("memory")));
    groups.put("values", all.get("values"));
    groups.put("ragged", all.get("ragged"));
    groups.put("extremes", extremes());
    return groups;
  }

  private static List<Case> every(int nth, List<Case> cases) {
    return IntStream.range(0, cases.size()).filter(i -> i % nth == 0).mapToObj(cases::get).toList();
  }

  /** Every placement with short vectors of all types, and with long ones of one type each. */
  private static List<Case> placements(List<Case> cases) {
    List<Case> kept = new ArrayList<>();
    cases.stream().filter(c -> !c.name().contains("8195")).forEach(kept::add);
    ElementType[] types = ElementType.values();
    int next = 0;
    for (Placement placement : Placement.values()) {
      ElementType type = types[next++ % types.length];
      kept.add(Cases.of("placed", type, Family.NORMAL, 2, 8195, placement, Memory.NATIVE_ODD));
    }
    return kept;
  }

  /** All kinds, without those that are there for the sake of their size. */
  private static List<Case> memory(List<Case> cases) {
    return cases.stream().filter(c -> !c.name().startsWith("confined")).toList();
  }

  private static List<Case> lengths() {
    List<Case> cases = new ArrayList<>();
    for (ElementType type : ElementType.values()) {
      for (int length : LENGTHS) {
        int count = length < 100 ? 13 : 2;
        cases.add(Cases.of("length", type, Family.NORMAL, count, length, Placement.ROWS, ARRAY));
        cases.add(Cases.of("length", type, Family.SPARSE, 2, length, Placement.ROWS, NATIVE));
      }
      // Several chunks, more than fit a cache, and a last chunk that is not full.
      cases.add(Cases.of("long", type, Family.NORMAL, 1, 40_003, Placement.ROWS, ARRAY));
      cases.add(Cases.of("long", type, Family.WIDE, 2, 9_000, Placement.COLUMNS, CONFINED));
    }
    return cases;
  }

  private static List<Case> extremes() {
    int[] places = {0, 31, 4096, 4199};
    List<Case> cases = new ArrayList<>();
    for (ElementType type : ElementType.values()) {
      for (Placement placement : List.of(Placement.ROWS, Placement.COLUMNS)) {
        cases.add(new Case("pairs", type, placement, ARRAY, () -> Extremes.pairs(type)));
        cases.add(
            new Case("hidden in 33", type, placement, ARRAY, () -> Extremes.hidden(type, 33, 33)));
      }
      cases.add(
          new Case(
              "NaN beside infinity",
              type,
              Placement.ROWS,
              ARRAY,
              () -> Extremes.nanBesideInfinity(type, 4200, places)));
      cases.add(new Case("ties", type, Placement.RAGGED, ARRAY, () -> ties(type)));
    }
    return cases;
  }

  /** Vectors of few different sizes, of either sign: many are the largest, or the smallest. */
  private static double[][] ties(ElementType type) {
    Seeded random = new Seeded(type.bytes());
    double[] sizes = {0, 1, 1, 1.5, 1.5, 2, 2, 2};
    double[][] vectors = new double[24][];
    for (int i = 0; i < vectors.length; i++) {
      int low = i % sizes.length;
      vectors[i] = new double[i % 5 == 4 ? 4100 : 3 + i];
      for (int j = 0; j < vectors[i].length; j++) {
        double size = sizes[low + random.below(sizes.length - low)];
        vectors[i][j] = random.bits() < 0 ? -size : size;
      }
    }
    return vectors;
  }
}
