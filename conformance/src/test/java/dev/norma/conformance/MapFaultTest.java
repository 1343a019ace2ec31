package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.opentest4j.TestAbortedException;

/** The kit passes right derivatives and fails wrong ones. */
class MapFaultTest {
  /** Some of the cases: of each group every few. */
  private static List<Case> cases(int nth) {
    List<Case> cases = new ArrayList<>();
    for (Map.Entry<String, List<Case>> group : GradientCases.byGroup().entrySet()) {
      for (int i = 0; i < group.getValue().size(); i += nth) {
        cases.add(group.getValue().get(i));
      }
    }
    return cases;
  }

  private static void run(MapFault fault, List<Case> cases) {
    Subject subject = Subject.of(ReferenceProvider.name(fault));
    int number = 0;
    for (Case what : cases) {
      GradientCheck.run(subject, what, number++, Norms.GRADIENTS);
    }
  }

  private static void functions(MapFault fault) {
    Subject subject = Subject.of(ReferenceProvider.name(fault));
    for (MapCase function : MapCase.all()) {
      for (ElementType type : ElementType.values()) {
        MapCheck.run(subject.backend(), function, type, type.bytes());
      }
    }
  }

  @Test
  void passesTheReference() {
    List<Case> some = cases(19);
    assertTrue(some.size() > 30, () -> "only " + some.size() + " cases");
    assertDoesNotThrow(() -> run(MapFault.NONE, some));
    assertDoesNotThrow(() -> functions(MapFault.NONE));
  }

  /** By what norms lead to, and not only by functions with any coefficients. */
  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"NONE"})
  void failsEveryFault(MapFault fault) {
    assertThrows(AssertionError.class, () -> run(fault, cases(3)), () -> "none sees " + fault);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"NONE", "CHUNK_END", "FIRST_COEFFICIENTS"})
  void functionsFailFaultsOfShortVectors(MapFault fault) {
    assertThrows(AssertionError.class, () -> functions(fault), () -> "none sees " + fault);
  }

  @Test
  void countsWhatIsRefused() {
    Subject subject = Subject.of(ReferenceProvider.name(Fault.REFUSES));
    Case what = cases(100).get(0);
    assertThrows(
        TestAbortedException.class, () -> GradientCheck.run(subject, what, 0, Norms.GRADIENTS));
    assertTrue(Unsupported.report().contains("derivatives, " + what), "not reported");
  }
}
