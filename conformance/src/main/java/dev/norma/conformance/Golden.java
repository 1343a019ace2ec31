package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.ElementType;
import dev.norma.Norm;
import dev.norma.Norma;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Results written down once: a change of the order of additions, or of any operation, that all
 * backends and the kit took part in would still be seen here.
 */
interface Golden extends Conformance {
  /** The file of lines {@code type,family,length,norm,bits}. */
  String FILE = "golden-bits.csv";

  /** Compares every line. */
  @Test
  default void goldenBits() throws IOException {
    try (InputStream file = Golden.class.getResourceAsStream(FILE)) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(text.lines().toList(), lines(subject().norma()), FILE);
    }
  }

  /** Computes all lines. */
  static List<String> lines(Norma norma) {
    List<String> lines = new ArrayList<>();
    for (ElementType type : ElementType.values()) {
      for (Family family : List.of(Family.NORMAL, Family.WIDE)) {
        for (int length : new int[] {37, 8193, 100_003}) {
          lines.addAll(lines(norma, type, family, length));
        }
      }
    }
    return lines;
  }

  private static List<String> lines(Norma norma, ElementType type, Family family, int length) {
    List<String> lines = new ArrayList<>();
    Case what =
        new Case(
            FILE, type, Placement.ROWS, Memory.ARRAY, () -> family.vectors(type, 1, length, 1));
    what.use(
        (batch, vectors) -> {
          for (Norm norm : Norms.ALL) {
            String bits = Long.toHexString(Double.doubleToLongBits(norma.norm(norm, batch)));
            lines.add(type + "," + family + "," + length + "," + norm + "," + bits);
          }
        });
    return lines;
  }

  /**
   * Prints all lines as the backend named by the first argument computes them, for a change of the
   * contract that is meant.
   */
  static void main(String[] arguments) {
    try (Norma norma = Norma.open(arguments[0])) {
      lines(norma).forEach(System.out::println);
    }
  }
}
