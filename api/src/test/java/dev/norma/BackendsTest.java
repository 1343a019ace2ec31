package dev.norma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackendsTest {
  @AfterEach
  void restore() {
    FakeProvider.fastAvailable = true;
    System.clearProperty("norma.backend");
  }

  private static String opened(String name) {
    try (Norma norma = Norma.open(name)) {
      return norma.backend();
    }
  }

  @Test
  void autoTakesTheBestThatIsAvailable() {
    assertEquals("cpu-simd", opened("auto"));
    FakeProvider.fastAvailable = false;
    assertEquals("cpu-scalar", opened("auto"));
    assertEquals("cpu-scalar", opened("cpu"));
  }

  @Test
  void namesAndPropertiesAreFollowed() {
    assertEquals("cpu-scalar", opened("cpu-scalar"));
    System.setProperty("norma.backend", "cpu-scalar");
    try (Norma norma = Norma.open()) {
      assertEquals("cpu-scalar", norma.backend());
    }
  }

  @Test
  void aNamedBackendThatIsMissingIsAnErrorThatSaysWhy() {
    FakeProvider.fastAvailable = false;
    assertUnavailable("cpu-simd", "flag missing");
    assertUnavailable("opencl", "no loader; install one");
    assertUnavailable("opencl:0", "no loader; install one");
    assertUnavailable(
        "opencl:1",
        "no module of this program provides it; there are opencl:0, cpu-simd, cpu-scalar");
    assertUnavailable(
        "cuda", "no module of this program provides it; there are opencl:0, cpu-simd, cpu-scalar");
  }

  private static void assertUnavailable(String name, String why) {
    BackendUnavailableException e =
        assertThrows(BackendUnavailableException.class, () -> Norma.open(name));
    assertEquals("backend " + name + " is not available: " + why, e.getMessage());
  }

  @Test
  void anUnknownNameIsAnArgumentError() {
    for (String name : List.of("", "gpu", "cpu-", "opencl:", "opencl:x", "cpu-simd ", "CPU")) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> Norma.open(name), name);
      assertTrue(e.getMessage().contains("'" + name + "'"), e.getMessage());
    }
  }

  @Test
  void anAutomaticFallbackIsLoggedOnce() {
    FakeProvider.fastAvailable = false;
    try (LogLines log = new LogLines(Level.WARNING)) {
      Backends.forgetLogged();
      for (int i = 0; i < 3; i++) {
        opened("auto");
      }
      assertEquals(
          List.of(
              "backend opencl:0 is not available: no loader; install one",
              "backend cpu-simd is not available: flag missing"),
          log.lines());
    }
  }
}
