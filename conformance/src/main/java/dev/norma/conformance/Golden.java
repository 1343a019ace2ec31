package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.ElementType;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Results written down once: a change of the order of additions, or of any operation, that all
 * backends and the kit took part in would still be seen here.
 */
interface Golden extends Conformance {
  /** Compares every line. */
  @ParameterizedTest
  @EnumSource
  default void goldenBits(ElementType type) {
    List<String> expected = GoldenBits.expected(type);
    List<String> actual = lines(type, subject());
    for (int i = 0; i < actual.size(); i++) {
      assertEquals(expected.get(i), actual.get(i), GoldenBits.FILE);
    }
    assertEquals(expected.size(), actual.size(), "lines of " + GoldenBits.FILE);
  }

  private static List<String> lines(ElementType type, Subject subject) {
    return GoldenBits.lines(type, subject.norma(), subject.backend());
  }

  /**
   * Prints all lines as the backend named by the first argument computes them, for a change of the
   * contract that is meant.
   */
  static void main(String[] arguments) {
    for (ElementType type : ElementType.values()) {
      lines(type, Subject.of(arguments[0])).forEach(System.out::println);
    }
  }
}
