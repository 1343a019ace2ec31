package dev.norma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.spi.Probe;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackendsTest {
  @AfterEach
  void restore() {
    FakeProvider.restore();
    OtherProvider.restore();
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

  @Test
  void aMissingKindOfDeviceIsTheReasonForEachOfItsDevices() {
    FakeProvider.devices = List.of(new Probe("opencl", false, "no loader; install one", 20));
    assertUnavailable("opencl", "no loader; install one");
    assertUnavailable("opencl:0", "no loader; install one");
    assertUnavailable("opencl:7", "no loader; install one");
  }

  private static void devices(int... ranks) {
    FakeProvider.devices =
        IntStream.range(0, ranks.length)
            .mapToObj(i -> new Probe("opencl:" + i, true, "device " + i, ranks[i]))
            .toList();
  }

  private static String ran(String name) {
    try (Norma norma = Norma.open(name)) {
      return norma.norms(List.of(Norm.L1), Batch.rows(new double[12], 6, 2)).backend();
    }
  }

  @Test
  void aKindOfDeviceIsAllThatAreAvailable() {
    devices(20, 20, 20);
    assertEquals("opencl", opened("opencl"));
    assertEquals("opencl:0+opencl:1+opencl:2", ran("opencl"));
    assertEquals("opencl:2", ran("opencl:2"));
    devices(20);
    assertEquals("opencl:0", opened("opencl"));
    FakeProvider.devices =
        List.of(
            new Probe("opencl:0", false, "no fp64", 20), new Probe("opencl:1", true, "good", 20));
    assertEquals("opencl:1", ran("opencl"));
    assertUnavailable("opencl:0", "no fp64");
  }

  @Test
  void aDeviceOfLowRankIsUsedByNameOrWhereThereIsNoOther() {
    devices(-1, 20);
    assertEquals("opencl:1", ran("opencl"));
    assertEquals("opencl:0", ran("opencl:0"));
    devices(-1, -5);
    assertEquals("opencl:0+opencl:1", ran("opencl"));
    assertEquals("cpu-simd", opened("auto"));
  }

  @Test
  void autoOpensADeviceOnlyWhenItIsNeeded() {
    devices(20, 20);
    FakeProvider.opener =
        name -> {
          throw new AssertionError(name + " was opened");
        };
    assertEquals("auto", opened("auto"));
    assertEquals("cpu-simd", ran("auto"));
  }

  @Test
  void aDeviceThatCannotBeOpenedClosesTheOthersOfItsKind() {
    devices(20, 20, 20);
    FakeBackend first = FakeBackend.device("opencl:0");
    FakeProvider.opener =
        name -> {
          if (name.equals("opencl:1")) {
            throw FakeBackend.failure("opencl:1 is lost");
          }
          return first;
        };
    DeviceException e = assertThrows(DeviceException.class, () -> Norma.open("opencl"));
    assertEquals("opencl:1 is lost", e.getMessage());
    assertEquals(1, first.closed.get());
  }

  @Test
  void aNamedDeviceThatFailsThrows() {
    devices(20);
    FakeProvider.opener =
        name -> {
          FakeBackend faulty = FakeBackend.device(name);
          faulty.onRun =
              plan -> {
                throw FakeBackend.failure("opencl:0: the queue failed");
              };
          return faulty;
        };
    for (String name : List.of("opencl", "opencl:0")) {
      DeviceException e = assertThrows(DeviceException.class, () -> ran(name));
      assertEquals("opencl:0: the queue failed", e.getMessage());
    }
  }

  /** A card that two interfaces have is measured, and computes, through one of them. */
  @Test
  void aDeviceThatAnotherBackendHasTooIsUsedByTheNameOfItsKind() {
    OtherProvider.probes = List.of(new Probe("cuda:0", true, "a card", 30));
    devices(20, 0);
    List<String> made = new CopyOnWriteArrayList<>();
    FakeProvider.opener =
        name -> {
          made.add(name);
          return FakeBackend.device(name);
        };
    assertEquals("opencl", opened("opencl"));
    assertEquals(List.of("opencl:0", "opencl:1"), made);
    made.clear();
    assertEquals("opencl:1", opened("opencl:1"));
    assertEquals(List.of("opencl:1"), made);
    devices(0);
    OtherProvider.probes = List.of();
    assertEquals("cpu-simd", opened("auto"));
  }

  @Test
  void onlyWhoMayHaveABackendIsProbed() {
    OtherProvider.probes = List.of(new Probe("cuda:0", true, "a device", 20));
    for (String name : List.of("cpu", "cpu-simd", "cpu-scalar")) {
      opened(name);
    }
    assertUnavailable("opencl", "no loader; install one");
    assertThrows(IllegalArgumentException.class, () -> Norma.open("gpu"));
    assertEquals(0, OtherProvider.PROBES.get(), "probes for the names of others");
    assertEquals("cuda:0", opened("cuda"));
    assertEquals("cuda:0", opened("cuda:0"));
    assertEquals("auto", opened("auto"));
    assertEquals(3, OtherProvider.PROBES.get());
  }

  @Test
  void aProviderThatFailsLeavesTheOthers() {
    OtherProvider.onProbe =
        () -> {
          throw new IllegalStateException("broken");
        };
    assertOthersAreLeft("java.lang.IllegalStateException: broken");
    OtherProvider.onProbe =
        () -> {
          throw new ExceptionInInitializerError("no driver");
        };
    assertOthersAreLeft("java.lang.ExceptionInInitializerError: no driver");
  }

  @Test
  void aProviderThatCannotBeMadeLeavesTheOthers() {
    OtherProvider.onStart =
        () -> {
          throw new IllegalStateException("broken");
        };
    assertOthersAreLeft("java.util.ServiceConfigurationError");
  }

  private static void assertOthersAreLeft(String why) {
    try (LogLines log = new LogLines(Level.WARNING)) {
      OnceLog.forget();
      assertEquals("cpu-simd", opened("auto"));
      assertEquals(
          List.of("opencl:0", "cpu-simd", "cpu-scalar"),
          Norma.backends().stream().map(Probe::name).toList());
      List<String> lines = log.lines().stream().filter(line -> line.startsWith("no ")).toList();
      String start = "no backend of dev.norma.OtherProvider can be used: " + why;
      assertEquals(1, lines.size(), lines::toString);
      assertTrue(lines.get(0).startsWith(start), lines::toString);
    }
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
      OnceLog.forget();
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
