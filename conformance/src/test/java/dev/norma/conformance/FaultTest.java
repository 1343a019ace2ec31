package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.ElementType;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.opentest4j.TestAbortedException;

/** The kit passes a right backend and fails every wrong one. */
class FaultTest {
  /** Some of the cases, those first that see most. */
  private static List<Case> cases() {
    Map<String, List<Case>> groups = Cases.byGroup();
    return Stream.of(
            groups.get("extremes").stream().filter(c -> c.name().equals("hidden in 33")),
            groups.get("values").stream(),
            groups.get("ragged").stream(),
            groups.get("placements").stream())
        .flatMap(some -> some)
        .filter(c -> c.type() == ElementType.F64 || c.type() == ElementType.F32)
        .toList();
  }

  @Test
  void passesTheReference() {
    Subject subject = Subject.of(ReferenceProvider.name(Fault.NONE));
    List<Case> run = cases().stream().filter(c -> c.toString().hashCode() % 3 == 0).toList();
    assertTrue(run.size() > 50, () -> "only " + run.size() + " cases");
    run.forEach(c -> assertDoesNotThrow(() -> CaseCheck.run(subject, c), c::toString));
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"NONE", "REFUSES"})
  void failsEveryFault(Fault fault) {
    Subject subject = Subject.of(ReferenceProvider.name(fault));
    assertTrue(cases().stream().anyMatch(c -> fails(subject, c)), () -> "no case sees " + fault);
  }

  private static boolean fails(Subject subject, Case what) {
    try {
      CaseCheck.run(subject, what);
      return false;
    } catch (AssertionError | IndexOutOfBoundsException e) {
      return true;
    }
  }

  @Test
  void countsWhatIsRefused() {
    Subject subject = Subject.of(ReferenceProvider.name(Fault.REFUSES));
    List<Case> two = cases().subList(0, 2);
    for (Case what : two) {
      assertThrows(TestAbortedException.class, () -> CaseCheck.run(subject, what));
    }
    assertEquals(
        ReferenceProvider.name(Fault.REFUSES)
            + ": not supported: 2 cases: "
            + two.get(0)
            + "; "
            + two.get(1),
        Unsupported.report());
    assertEquals("", Unsupported.report(), "report after it was made");
  }
}
