package dev.norma.gpu;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.Norm;
import dev.norma.Norma;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A program that computes norms in memory of the device, each reduction of each element type once
 * for each of a few shapes, and says which before it begins. It is meant for a simulator that
 * prints what each kernel reads and writes.
 */
final class CountedShapes {
  /** Stands before the name of what is computed next. */
  static final String BEGIN = "counting ";

  private CountedShapes() {}

  /** The shapes, each for one of the kernels. */
  enum Shape {
    /** Five rows of less than a chunk. */
    ROWS,
    /** Two rows of two chunks, whose states are folded. */
    LONG_ROWS,
    /** Forty columns of a hundred rows. */
    COLUMNS,
    /** Four segments, of 700, 1, 1299 and 2000 elements. */
    RAGGED;

    Batch of(Elements e) {
      return switch (this) {
        case ROWS -> Batch.rows(e, 5, 800);
        case LONG_ROWS -> Batch.rows(e, 2, 4196);
        case COLUMNS -> Batch.columns(e, 100, 40);
        case RAGGED -> Batch.ragged(e, new long[] {0, 700, 701, 2000, 4000});
      };
    }
  }

  public static void main(String[] none) {
    try (Norma device = Norma.open("opencl:0")) {
      for (ElementType type : ElementType.values()) {
        for (Shape shape : Shape.values()) {
          count(device, type, shape);
        }
      }
    }
  }

  private static void count(Norma device, ElementType type, Shape shape) {
    try (var batch = device.upload(shape.of(SmallShapes.elements(type)))) {
      norms()
          .forEach(
              (reduction, norms) -> {
                System.out.println(BEGIN + name(reduction, type, shape));
                device.norms(norms, batch);
              });
    }
  }

  static String name(Reduction reduction, ElementType type, Shape shape) {
    return reduction + "/" + type + "/" + shape;
  }

  private static Map<Reduction, List<Norm>> norms() {
    Map<Reduction, List<Norm>> norms = new EnumMap<>(Reduction.class);
    norms.put(Reduction.NONZERO_COUNT, List.of(Norm.L0));
    norms.put(Reduction.ABS_SUM, List.of(Norm.L1));
    norms.put(Reduction.SQUARE_SUM, List.of(Norm.L2));
    norms.put(Reduction.ABS_MAX, List.of(Norm.LINF));
    norms.put(Reduction.ABS_MIN, List.of(Norm.NEG_INF));
    norms.put(Reduction.SEVERAL, List.of(Norm.L0, Norm.L1, Norm.L2, Norm.LINF, Norm.NEG_INF));
    norms.put(Reduction.POW_SUM, List.of(Norm.lp(2.5)));
    return norms;
  }
}
