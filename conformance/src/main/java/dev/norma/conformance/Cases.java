package dev.norma.conformance;

import static dev.norma.conformance.Memory.ARRAY;
import static dev.norma.conformance.Memory.CONFINED;
import static dev.norma.conformance.Memory.NATIVE;
import static dev.norma.conformance.Memory.NATIVE_ODD;

import dev.norma.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The one list of cases, which every backend is held to. What they hold never changes. */
public final class Cases {
  private static final ElementType[] TYPES = ElementType.values();
  private static final Family[] FAMILIES = Family.values();

  /** Both sides of the lanes, of two passes over them, and of a chunk. */
  private static final int[] LENGTHS =
      IntStream.of(31, 32, 33, 63, 64, 65, 4095, 4096, 4097, 8191, 8192, 8193).toArray();

  private static final int[] COLUMN_COUNTS = {1, 3, 8, 17, 64, 257};
  private static final int[] COLUMN_LENGTHS = {1, 2, 31, 33, 64, 257, 4097};

  /** No case of columns is larger. */
  private static final int MOST_IN_COLUMNS = 40_000;

  private Cases() {}

  /** Returns all cases by what they are about. */
  public static Map<String, List<Case>> byGroup() {
    Map<String, List<Case>> groups = new LinkedHashMap<>();
    groups.put("lengths", lengths());
    groups.put("placements", placements());
    groups.put("columns", columns());
    groups.put("memory", memories());
    groups.put("values", families());
    groups.put("ragged", ragged());
    groups.put("extremes", extremes());
    return groups;
  }

  private static List<Case> lengths() {
    List<Case> cases = new ArrayList<>();
    for (ElementType type : TYPES) {
      IntStream.concat(IntStream.rangeClosed(0, 17), Arrays.stream(LENGTHS))
          .forEach(length -> cases.addAll(lengths(type, length, length < 70 ? 37 : 3)));
      cases.add(of("long", type, Family.WIDE, 1, 100_003, Placement.ROWS, ARRAY));
    }
    return cases;
  }

  private static List<Case> lengths(ElementType type, int length, int count) {
    Family other = FAMILIES[(length + type.name().length()) % FAMILIES.length];
    return Stream.of(Family.NORMAL, Family.WIDE, other)
        .distinct()
        .map(family -> of("length", type, family, count, length, Placement.ROWS, ARRAY))
        .toList();
  }

  private static List<Case> placements() {
    List<Case> cases = new ArrayList<>();
    for (ElementType type : TYPES) {
      for (Placement placement : Placement.values()) {
        cases.add(of("placed", type, Family.NORMAL, 12, 37, placement, ARRAY));
        cases.add(of("placed", type, Family.WIDE, 6, 130, placement, NATIVE));
        cases.add(of("placed", type, Family.SPARSE, 2, 8195, placement, NATIVE_ODD));
        cases.add(of("placed", type, Family.NORMAL, 12, 0, placement, ARRAY));
      }
    }
    return cases;
  }

  private static List<Case> columns() {
    List<Case> cases = new ArrayList<>();
    for (ElementType type : TYPES) {
      for (int count : COLUMN_COUNTS) {
        for (int length : COLUMN_LENGTHS) {
          if (count * length <= MOST_IN_COLUMNS) {
            Placement placement = length % 2 == 0 ? Placement.COLUMNS : Placement.COLUMNS_PADDED;
            cases.add(of("columns", type, Family.NORMAL, count, length, placement, ARRAY));
          }
        }
      }
    }
    return cases;
  }

  private static List<Case> memories() {
    List<Case> cases = new ArrayList<>();
    for (ElementType type : TYPES) {
      for (Memory memory : Memory.values()) {
        for (Placement placement :
            List.of(Placement.ROWS, Placement.COLUMNS, Placement.STRIDE_2, Placement.RAGGED)) {
          cases.add(of("memory", type, Family.NORMAL, 5, 67, placement, memory));
        }
        cases.add(of("memory", type, Family.NORMAL, 1, 5000, Placement.ROWS_PADDED, memory));
      }
      cases.add(of("confined", type, Family.NORMAL, 40, 8193, Placement.ROWS, CONFINED));
    }
    return cases;
  }

  private static List<Case> families() {
    List<Case> cases = new ArrayList<>();
    for (ElementType type : TYPES) {
      for (Family family : FAMILIES) {
        cases.add(of("values", type, family, 7, 37, Placement.ROWS, ARRAY));
        cases.add(of("values", type, family, 2, 4133, Placement.ROWS, NATIVE));
        cases.add(of("values", type, family, 9, 40, Placement.COLUMNS, ARRAY));
      }
    }
    return cases;
  }

  private static List<Case> ragged() {
    int[] some = {0, 0, 5, 0, 0, 0, 33, 1, 4097, 64, 0, 2, 8200, 31, 0, 0};
    int[] none = {0, 0, 0};
    int[] many = IntStream.range(0, 300).map(i -> i * 7 % 41).toArray();
    List<Case> cases = new ArrayList<>();
    for (ElementType type : TYPES) {
      for (Memory memory : List.of(ARRAY, NATIVE_ODD, CONFINED)) {
        for (int[] lengths : List.of(some, none, many)) {
          String name = "ragged " + lengths.length;
          cases.add(new Case(name, type, Placement.RAGGED, memory, () -> ragged(type, lengths)));
        }
      }
    }
    return cases;
  }

  private static double[][] ragged(ElementType type, int[] lengths) {
    Seeded random = new Seeded(lengths.length);
    return Arrays.stream(lengths)
        .mapToObj(length -> Family.NORMAL.vector(type, length, random))
        .toArray(double[][]::new);
  }

  private static List<Case> extremes() {
    int[] places = {0, 1, 31, 32, 4095, 4096, 8199};
    List<Case> cases = new ArrayList<>();
    for (ElementType type : TYPES) {
      for (Placement placement : List.of(Placement.ROWS, Placement.COLUMNS)) {
        cases.add(new Case("pairs", type, placement, ARRAY, () -> Extremes.pairs(type)));
        cases.add(
            new Case("hidden in 33", type, placement, ARRAY, () -> Extremes.hidden(type, 33, 33)));
      }
      cases.add(
          new Case(
              "hidden in 4097",
              type,
              Placement.ROWS,
              NATIVE,
              () -> Extremes.hidden(type, 4097, 1)));
      cases.add(
          new Case(
              "NaN beside infinity",
              type,
              Placement.ROWS,
              ARRAY,
              () -> Extremes.nanBesideInfinity(type, 8200, places)));
    }
    return cases;
  }

  /** Returns a case of vectors of one length. */
  static Case of(
      String name,
      ElementType type,
      Family family,
      int count,
      int length,
      Placement placement,
      Memory memory) {
    int vectors = placement == Placement.WHOLE_FORTRAN ? 1 : count;
    String full = name + ", " + vectors + " x " + length + " " + family;
    return new Case(
        full, type, placement, memory, () -> vectors(type, family, vectors, length, placement));
  }

  private static double[][] vectors(
      ElementType type, Family family, int count, int length, Placement placement) {
    double[][] vectors = family.vectors(type, count, length, 31L * length + count);
    share(vectors, placement);
    return vectors;
  }

  /** Makes those elements equal that a placement has one place for. */
  static void share(double[][] vectors, Placement placement) {
    for (double[] vector : vectors) {
      if (placement == Placement.STRIDE_0 && vector.length > 0) {
        Arrays.fill(vector, vector[vector.length - 1]);
      } else if (placement == Placement.BROADCAST) {
        System.arraycopy(vectors[0], 0, vector, 0, vector.length);
      }
    }
  }
}
