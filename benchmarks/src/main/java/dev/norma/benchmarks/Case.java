package dev.norma.benchmarks;

import dev.norma.ElementType;
import java.util.Locale;

/**
 * One row of the report.
 *
 * @param contender who computes
 * @param norm what is computed
 * @param type the type of the elements
 * @param shape what the vectors are
 * @param place where the data lies
 * @param cores how many threads there are
 */
record Case(
    Contender contender,
    MeasuredNorm norm,
    ElementType type,
    Shape shape,
    Place place,
    Cores cores) {

  String typeLabel() {
    return type.name().toLowerCase(Locale.ROOT);
  }

  /** Returns the name that is unlike that of any other case: {@code norma/L2/f32/rows-768/…} */
  @Override
  public String toString() {
    return String.join(
        "/",
        contender.toString(),
        norm.toString(),
        typeLabel(),
        shape.toString(),
        place.toString(),
        cores.toString());
  }
}
