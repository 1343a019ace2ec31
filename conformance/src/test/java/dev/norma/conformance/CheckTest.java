package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.conformance.check.Check;
import dev.norma.conformance.check.Checks;
import dev.norma.conformance.check.Outcome;
import dev.norma.conformance.check.Side;
import dev.norma.conformance.check.Tally;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The comparison of two backends passes equal ones, and sees the mistakes of one. */
class CheckTest {
  private static Side side(Fault fault) {
    return Side.open(ReferenceProvider.name(fault));
  }

  @Test
  void namesAreUnique() {
    Set<String> names = new HashSet<>();
    Checks.all().forEach(check -> assertTrue(names.add(check.name()), check::name));
    assertTrue(names.size() > 1500, () -> "only " + names.size() + " cases");
  }

  @Test
  void passesTheReference() {
    Tally tally = new Tally();
    List<Check> checks = Checks.quick();
    try (Side tested = side(Fault.NONE);
        Side peer = side(Fault.NONE)) {
      for (Check check : checks.subList(0, checks.size() / 3)) {
        tally.add(Outcome.of(check, tested, peer));
      }
    }
    int all = checks.size() / 3;
    assertEquals(
        all + " cases: " + all + " equal, 0 different, 0 failed, 0 not supported",
        tally.toString());
    assertTrue(tally.isFine(), "fine");
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"NONE", "NO_PROGRESS", "REFUSES"})
  void failsEveryFaultThatChangesBits(Fault fault) {
    try (Side tested = side(fault);
        Side peer = side(Fault.NONE)) {
      assertTrue(
          Checks.quick().stream()
              .filter(check -> !check.name().startsWith("golden"))
              .anyMatch(check -> !Outcome.of(check, tested, peer).isFine()),
          () -> "no case sees " + fault);
    }
  }

  /** All NaNs are the same to it: of their bits, the kit has tests. */
  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"NONE", "NAN_BITS"})
  void failsEveryFaultOfDerivatives(MapFault fault) {
    try (Side tested = Side.open(ReferenceProvider.name(fault));
        Side peer = side(Fault.NONE)) {
      assertTrue(
          Checks.all().stream()
              .filter(check -> check.name().startsWith("derivatives"))
              .anyMatch(check -> !Outcome.of(check, tested, peer).isFine()),
          () -> "no case sees " + fault);
    }
  }

  @Test
  void countsWhatIsRefusedAndIsNotContentWithThatAlone() {
    Tally tally = new Tally();
    try (Side tested = side(Fault.REFUSES);
        Side peer = side(Fault.NONE)) {
      tally.add(Outcome.of(Checks.quick().get(0), tested, peer));
    }
    assertEquals("1 cases: 0 equal, 0 different, 0 failed, 1 not supported", tally.toString());
    assertEquals(1, tally.unsupported().size());
    assertTrue(tally.wrong().isEmpty(), "wrong");
    assertFalse(tally.isFine(), "nothing was equal");
  }

  @Test
  void goldenBitsAreNotThePeers() {
    try (Side wrong = side(Fault.FLOAT_SQUARES)) {
      Outcome outcome = Outcome.of(Checks.quick().get(0), wrong, wrong);
      assertEquals("golden bits: F64", outcome.name());
      assertEquals(Outcome.Kind.DIFFERENT, outcome.kind(), outcome::toString);
      assertEquals(5, outcome.first().size(), outcome::toString);
      assertTrue(outcome.differences() > 5, outcome::toString);
    }
  }
}
