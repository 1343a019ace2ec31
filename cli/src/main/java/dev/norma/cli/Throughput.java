package dev.norma.cli;

import dev.norma.ElementType;
import dev.norma.spi.Primitive;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The speeds of the primitives on data in one place: a line each, a column for each type. */
final class Throughput {
  /**
   * What is measured.
   *
   * @param ord the norm that is made of it
   * @param primitive the reduction
   */
  record Line(String ord, Primitive primitive) {}

  /** Every reduction. */
  static final List<Line> LINES =
      List.of(
          new Line("0", Primitive.NONZERO_COUNT),
          new Line("1", Primitive.ABS_SUM),
          new Line("2", Primitive.SQUARE_SUM),
          new Line("inf", Primitive.ABS_MAX),
          new Line("-inf", Primitive.ABS_MIN),
          new Line("2.5", Primitive.powSum(2.5)));

  private static final String MISSING = "-";

  private final String place;
  private final Map<ElementType, List<String>> columns = new EnumMap<>(ElementType.class);

  Throughput(String place) {
    this.place = place;
  }

  /** Takes the next speed of a type, in bytes a nanosecond. */
  void add(ElementType type, double speed) {
    add(type, String.format(Locale.ROOT, "%.1f", speed));
  }

  /** Takes what stands in place of a speed. */
  void add(ElementType type, String word) {
    columns.computeIfAbsent(type, t -> new ArrayList<>()).add(word);
  }

  @Override
  public String toString() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(new ArrayList<>(List.of("ord", "primitive")));
    columns.keySet().forEach(type -> rows.get(0).add(type.toString()));
    for (int i = 0; i < LINES.size(); i++) {
      rows.add(row(i));
    }
    return "GB/s, rows of " + Measuring.WIDTH + " in " + place + "\n" + Columns.right(rows);
  }

  private List<String> row(int line) {
    List<String> row = new ArrayList<>();
    row.add(LINES.get(line).ord());
    row.add(LINES.get(line).primitive().toString());
    for (List<String> column : columns.values()) {
      row.add(line < column.size() ? column.get(line) : MISSING);
    }
    return row;
  }
}
