package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.ElementType;
import dev.norma.Norm;
import dev.norma.spi.Plan;
import dev.norma.spi.PlanResult;
import dev.norma.spi.Primitive;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/**
 * Results written down once: a change of the order of additions, or of any operation, that all
 * backends and the kit took part in would still be seen here.
 */
interface Golden extends Conformance {
  /** The file of lines {@code type,family,length,norm,bits} or {@code …,primitive,hi,lo}. */
  String FILE = "golden-bits.csv";

  /** Sums of which both parts are kept. */
  List<Primitive> SUMS = List.of(Primitive.ABS_SUM, Primitive.SQUARE_SUM);

  /** Sums of powers of which both parts are kept. */
  List<Primitive> POWERS = List.of(Primitive.powSum(2.5), Primitive.powSum(0.3));

  /** Compares every line. */
  @Test
  default void goldenBits() throws IOException {
    try (InputStream file = Golden.class.getResourceAsStream(FILE)) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      List<String> expected = text.lines().toList();
      List<String> actual = lines(subject());
      for (int i = 0; i < actual.size(); i++) {
        assertEquals(expected.get(i), actual.get(i), FILE);
      }
      assertEquals(expected.size(), actual.size(), "lines of " + FILE);
    }
  }

  /** Computes all lines. */
  static List<String> lines(Subject subject) {
    List<String> lines = new ArrayList<>();
    for (ElementType type : ElementType.values()) {
      for (Family family : List.of(Family.NORMAL, Family.WIDE)) {
        for (int length : new int[] {37, 8193, 100_003}) {
          lines.addAll(lines(subject, type, family, length));
        }
      }
    }
    return lines;
  }

  private static List<String> lines(Subject subject, ElementType type, Family family, int length) {
    List<String> lines = new ArrayList<>();
    Case what =
        new Case(
            FILE, type, Placement.ROWS, Memory.ARRAY, () -> family.vectors(type, 1, length, 1));
    what.use(
        (batch, vectors) -> {
          String prefix = type + "," + family + "," + length + ",";
          for (Norm norm : Norms.ALL) {
            lines.add(prefix + norm + "," + bits(subject.norma().norm(norm, batch)));
          }
          double[] scales = {subject.norma().norm(Norm.LINF, batch)};
          sums(subject, lines, prefix, new Plan(batch, SUMS, null, new LongAdder()));
          sums(subject, lines, prefix, new Plan(batch, POWERS, scales, new LongAdder()));
        });
    return lines;
  }

  private static void sums(Subject subject, List<String> lines, String prefix, Plan plan) {
    PlanResult result = subject.backend().run(plan);
    for (int i = 0; i < plan.primitives().size(); i++) {
      double hi = result.hi(i)[0];
      String lo = Double.isFinite(hi) ? bits(result.lo(i)[0]) : "any";
      lines.add(prefix + plan.primitives().get(i) + "," + bits(hi) + "," + lo);
    }
  }

  private static String bits(double x) {
    return Long.toHexString(Double.doubleToLongBits(x));
  }

  /**
   * Prints all lines as the backend named by the first argument computes them, for a change of the
   * contract that is meant.
   */
  static void main(String[] arguments) {
    lines(Subject.of(arguments[0])).forEach(System.out::println);
  }
}
