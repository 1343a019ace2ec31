package dev.norma.benchmarks;

import dev.norma.ElementType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The list of all cases: what the report measures is what the tests check. */
final class Cases {
  /** The types that ND4J and plain loops compute on. */
  private static final Set<ElementType> COMMON = EnumSet.of(ElementType.F64, ElementType.F32);

  /** The norms that the CPU and its peers are measured with. */
  private static final Set<MeasuredNorm> USUAL =
      EnumSet.of(MeasuredNorm.L1, MeasuredNorm.L2, MeasuredNorm.LINF);

  private static final List<Case> ALL = list();

  private Cases() {}

  /** Returns every case. */
  static List<Case> all() {
    return ALL;
  }

  /**
   * Returns the cases of a quick report: the L2 norm of everything from DRAM, of rows of 768 from
   * cache, the contenders beside it where they have all threads that they can use, and devices.
   */
  static List<Case> quick() {
    return ALL.stream().filter(Cases::isQuick).toList();
  }

  /**
   * Returns the case with the given name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Case named(String name) {
    return ALL.stream()
        .filter(c -> c.toString().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("case: there is none named " + name));
  }

  private static boolean isQuick(Case c) {
    if (c.norm() != MeasuredNorm.L2) {
      return false;
    }
    boolean rows768 = c.shape() == Shape.ROWS_768;
    return switch (c.contender()) {
      case NORMA -> c.place() == Place.DRAM || rows768;
      case TENSORS, GRADIENT, GRADIENT_IN_PLACE, TWO_PASS, TWO_PASS_IN_PLACE ->
          c.type() == ElementType.F32 && c.cores() == Cores.ALL;
      case ND4J ->
          c.place() == Place.DRAM
              && c.cores() == Cores.ALL
              && (rows768 || c.shape() == Shape.COLUMNS_768);
      case LOOP -> c.place() == Place.DRAM && rows768;
      case DEVICE, DEVICE_HOST -> rows768 && COMMON.contains(c.type());
    };
  }

  private static List<Case> list() {
    List<Case> cases = new ArrayList<>();
    for (Contender contender : Contender.values()) {
      for (Place place : Place.values()) {
        for (Cores cores : Cores.values()) {
          for (Shape shape : Shape.values()) {
            for (ElementType type : ElementType.values()) {
              for (MeasuredNorm norm : MeasuredNorm.values()) {
                Case c = new Case(contender, norm, type, shape, place, cores);
                if (exists(c)) {
                  cases.add(c);
                }
              }
            }
          }
        }
      }
    }
    return List.copyOf(cases);
  }

  private static boolean isRowsFromDram(Case c) {
    return c.shape() == Shape.ROWS_768 && c.place() == Place.DRAM;
  }

  private static boolean exists(Case c) {
    if ((c.shape() == Shape.ROWS_2M) != (c.contender() == Contender.TENSORS)) {
      return false;
    }
    return switch (c.contender()) {
      case NORMA -> USUAL.contains(c.norm());
      case TENSORS ->
          c.place() == Place.DRAM && c.norm() == MeasuredNorm.L2 && COMMON.contains(c.type());
      case GRADIENT, GRADIENT_IN_PLACE ->
          isRowsFromDram(c) && USUAL.contains(c.norm()) && COMMON.contains(c.type());
      case TWO_PASS, TWO_PASS_IN_PLACE ->
          isRowsFromDram(c) && c.norm() == MeasuredNorm.L2 && c.type() == ElementType.F32;
      case ND4J ->
          USUAL.contains(c.norm())
              && COMMON.contains(c.type())
              && c.shape() != Shape.ROWS_16
              && (c.place() == Place.DRAM || c.cores() == Cores.ONE);
      case LOOP ->
          COMMON.contains(c.type()) && c.norm() == MeasuredNorm.L2 && c.cores() == Cores.ONE;
      case DEVICE ->
          c.shape() != Shape.COLUMNS_8192 && c.place() == Place.DRAM && c.cores() == Cores.ALL;
      case DEVICE_HOST ->
          c.shape() == Shape.ROWS_768
              && c.place() == Place.DRAM
              && c.cores() == Cores.ALL
              && (c.norm() == MeasuredNorm.L2 || c.norm() == MeasuredNorm.POWER);
    };
  }
}
