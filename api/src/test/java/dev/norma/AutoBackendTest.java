package dev.norma;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.spi.Backend;
import dev.norma.spi.Costs;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where {@code auto} computes, with costs that the test decides. */
class AutoBackendTest {
  private static final double INFINITE = Double.POSITIVE_INFINITY;
  private static final Costs CPU = new Costs(INFINITE, INFINITE, 40e9, 0.5e9, 0);
  private static final Costs GPU = new Costs(10e9, 10e9, 400e9, 50e9, 20e-6);
  private static final Costs WEAK = new Costs(10e9, 10e9, 4e9, 0.1e9, 20e-6);

  /** 2 MB: 256 rows of 1024. */
  private static final double[] DATA = new double[1 << 18];

  private static final Batch ROWS = Batch.rows(DATA, 256, 1024);

  private final FakeBackend cpu = FakeBackend.cpu();
  private final FakeBackend gpu = FakeBackend.device("fake:0");
  private Costs cpuCosts = CPU;
  private Costs gpuCosts = GPU;
  private DeviceException.Fault measuringFault = DeviceException.Fault.FAILED;
  private int measured;

  @BeforeEach
  void forget() {
    OnceLog.forget();
    Arrays.fill(DATA, 0.5);
  }

  private Optional<Costs> costs(Backend backend) {
    measured++;
    if (backend.equals(gpu) && gpuCosts == null) {
      throw new DeviceException(measuringFault, "no rate", null);
    }
    return Optional.ofNullable(backend.equals(cpu) ? cpuCosts : gpuCosts);
  }

  private Norma auto(Supplier<Backend> device) {
    return new Norma(
        new Session(new AutoBackend(cpu, List.of(new LazyDevice("fake:0", device)), this::costs)));
  }

  private Norma auto() {
    return auto(() -> gpu);
  }

  private void fail(DeviceException.Fault fault, String message) {
    gpu.onRun =
        plan -> {
          throw new DeviceException(fault, message, null);
        };
  }

  private static String ran(Norma norma, Norm norm, Batch batch) {
    return norma.norms(List.of(norm), batch).backend();
  }

  @Test
  void lightWorkOnHostDataStaysAndHeavyWorkGoesToTheDevice() {
    try (Norma norma = auto()) {
      assertEquals("cpu-fake", ran(norma, Norm.L2, ROWS));
      assertEquals("cpu-fake+fake:0", ran(norma, Norm.lp(3), ROWS));
    }
    assertEquals(
        List.of("[POW_SUM(3.0)]"), gpu.plans.stream().map(p -> "" + p.primitives()).toList());
  }

  @Test
  void aDeviceThatIsSlowerInAllIsLeftAlone() {
    gpuCosts = WEAK;
    try (Norma norma = auto()) {
      assertEquals("cpu-fake", ran(norma, Norm.lp(3), ROWS));
      try (DeviceBatch copy = norma.upload(ROWS)) {
        assertEquals("auto", copy.backend());
        assertEquals("cpu-fake", ran(norma, Norm.L2, copy));
      }
    }
    assertEquals(List.of(), gpu.memories);
  }

  @Test
  void whatLiesOnTheDeviceIsComputedThere() {
    try (Norma norma = auto();
        DeviceBatch copy = norma.upload(ROWS)) {
      assertEquals("fake:0", copy.backend());
      assertEquals("fake:0", ran(norma, Norm.L2, copy));
      assertEquals("fake:0", ran(norma, Norm.L1, Batch.of(copy.elements()).slice(0, 1)));
      assertEquals("fake:0", ran(norma, Norm.lp(3), copy.slice(0, 1)));
    }
  }

  @Test
  void gradientsAreComputedWhereTheElementsAre() {
    double[] out = new double[DATA.length];
    try (Norma norma = auto();
        DeviceBatch x = norma.upload(ROWS);
        DeviceBatch there = norma.upload(ROWS)) {
      norma.gradients().gradient(Norm.SQUARED_L2, ROWS, Batch.rows(out, 256, 1024));
      assertEquals(1, cpu.maps.size());
      assertEquals(List.of(), gpu.maps);
      norma.gradients().gradient(Norm.SQUARED_L2, x, there);
      assertEquals(256, norma.gradients().jvp(Norm.SQUARED_L2, x, there).length);
      assertEquals(2, gpu.maps.size());
      assertEquals(1, cpu.maps.size());
      there.copyTo(MemorySegment.ofArray(out));
      assertEquals(1.0, out[out.length - 1]);
    }
  }

  @Test
  void gradientsDoNotGoFromTheDeviceToTheHost() {
    try (Norma norma = auto();
        DeviceBatch x = norma.upload(ROWS)) {
      Batch out = Batch.rows(new double[DATA.length], 256, 1024);
      Exception e =
          assertThrows(
              IllegalArgumentException.class, () -> norma.gradients().gradient(Norm.L1, x, out));
      assertEquals("out: its elements are on the host, and those of x on fake:0", e.getMessage());
      e =
          assertThrows(
              IllegalArgumentException.class, () -> norma.gradients().jvp(Norm.L1, out, x));
      assertEquals(
          "tangent: its elements are on fake:0, and those of x on the host", e.getMessage());
    }
  }

  @Test
  void aFewNumbersNeitherOpenNorMeasureAnything() {
    double[] few = new double[(1 << 17) - 1];
    try (Norma norma =
        auto(
            () -> {
              throw new AssertionError("opened");
            })) {
      assertEquals("cpu-fake", ran(norma, Norm.lp(3), Batch.of(few)));
      try (DeviceBatch copy = norma.upload(Batch.of(few))) {
        assertEquals("auto", copy.backend());
      }
    }
    assertEquals(0, measured);
  }

  @Test
  void theCpuTakesOverFromAFaultyDeviceUntilThatIsGivenUp() {
    fail(DeviceException.Fault.FAILED, "fake:0: the queue failed");
    try (LogLines log = new LogLines(Level.WARNING);
        Norma norma = auto()) {
      double[] expected = new Norma(new Session(FakeBackend.cpu())).norms(Norm.lp(3), ROWS);
      for (int i = 0; i < 5; i++) {
        assertArrayEquals(expected, norma.norms(Norm.lp(3), ROWS));
      }
      assertEquals(
          List.of(
              "backend fake:0 failed, the CPU takes over: fake:0: the queue failed",
              "backend fake:0 is given up after 3 failures"),
          log.lines());
    }
    assertEquals(LazyDevice.MOST_FAILURES, gpu.plans.size(), "tries");
  }

  @Test
  void failuresBetweenSuccessesDoNotAddUp() {
    try (LogLines log = new LogLines(Level.WARNING);
        Norma norma = auto()) {
      for (int i = 0; i < 3; i++) {
        fail(DeviceException.Fault.FAILED, "a hiccup");
        for (int j = 1; j < LazyDevice.MOST_FAILURES; j++) {
          assertEquals("cpu-fake", ran(norma, Norm.lp(3), ROWS));
        }
        gpu.onRun = plan -> {};
        assertEquals("cpu-fake+fake:0", ran(norma, Norm.lp(3), ROWS), "round " + i);
      }
      assertEquals(1, log.lines().size(), log.lines()::toString);
    }
  }

  @Test
  void anotherCauseIsAnotherLine() {
    try (LogLines log = new LogLines(Level.WARNING);
        Norma norma = auto()) {
      for (String cause : List.of("one", "two")) {
        fail(DeviceException.Fault.FAILED, cause);
        norma.norms(Norm.lp(3), ROWS);
      }
      assertEquals(2, log.lines().size(), log.lines()::toString);
    }
  }

  @Test
  void whatDoesNotFitDoesNotSpeakAgainstTheDevice() {
    fail(DeviceException.Fault.OUT_OF_MEMORY, "fake:0: out of memory");
    try (Norma norma = auto()) {
      for (int i = 0; i < 5; i++) {
        assertEquals("cpu-fake", ran(norma, Norm.lp(3), ROWS));
      }
      gpu.onRun = plan -> {};
      assertEquals("cpu-fake+fake:0", ran(norma, Norm.lp(3), ROWS));
    }
  }

  @Test
  void nobodyTakesOverWhereTheDataIsOnTheDevice() {
    try (Norma norma = auto();
        DeviceBatch copy = norma.upload(ROWS)) {
      fail(DeviceException.Fault.FAILED, "lost");
      assertThrows(DeviceException.class, () -> norma.norms(Norm.L2, copy));
    }
    assertEquals(List.of(), cpu.plans);
  }

  @Test
  void aDeviceThatCannotBeOpenedIsGivenUp() {
    assertGivenUp(
        () -> {
          throw new UnsatisfiedLinkError("no lib");
        },
        "it cannot be opened: java.lang.UnsatisfiedLinkError: no lib");
  }

  @Test
  void aDeviceWithASettingThatMakesNoSenseIsGivenUp() {
    assertGivenUp(
        () -> {
          throw new IllegalArgumentException("setting");
        },
        "it cannot be opened: java.lang.IllegalArgumentException: setting");
  }

  @Test
  void aDeviceThatCannotBeMeasuredIsGivenUp() {
    gpuCosts = null;
    assertGivenUp(() -> gpu, "no rate");
  }

  @Test
  void aDeviceTooFullToBeMeasuredIsGivenUp() {
    gpuCosts = null;
    measuringFault = DeviceException.Fault.OUT_OF_MEMORY;
    assertGivenUp(() -> gpu, "no rate");
  }

  private void assertGivenUp(Supplier<Backend> opener, String why) {
    AtomicInteger opened = new AtomicInteger();
    try (LogLines log = new LogLines(Level.WARNING);
        Norma norma =
            auto(
                () -> {
                  opened.incrementAndGet();
                  return opener.get();
                })) {
      for (int i = 0; i < 5; i++) {
        assertEquals("cpu-fake", ran(norma, Norm.L2, ROWS));
      }
      assertEquals(
          List.of(
              "backend fake:0 failed, the CPU takes over: " + why,
              "backend fake:0 is given up after 3 failures"),
          log.lines());
    }
    assertEquals(LazyDevice.MOST_FAILURES, gpuCosts == null ? measured : opened.get(), "tries");
  }

  @Test
  void anUploadThatFailsStaysOnTheHost() {
    gpu.onUpload =
        () -> {
          throw FakeBackend.failure("full");
        };
    try (LogLines log = new LogLines(Level.WARNING);
        Norma norma = auto();
        DeviceBatch copy = norma.upload(ROWS)) {
      assertEquals("cpu-fake", ran(norma, Norm.L2, copy));
      assertEquals(1, log.lines().size(), log.lines()::toString);
    }
  }

  @Test
  void closingClosesAllThatWasOpened() {
    List<String> order = new ArrayList<>();
    cpu.onClose =
        () -> {
          order.add("cpu");
          throw new IllegalStateException("cpu");
        };
    gpu.onClose = () -> order.add("gpu");
    Norma norma = auto();
    norma.norms(Norm.L2, ROWS);
    assertThrows(IllegalStateException.class, norma::close);
    assertEquals(List.of("cpu", "gpu"), order);
    cpu.onClose = () -> {};
    auto(() -> {
          throw new AssertionError("opened to be closed");
        })
        .close();
  }

  @Test
  void beforeTheCpuIsMeasuredNothingLeavesIt() {
    cpuCosts = null;
    try (LogLines log = new LogLines(Level.FINE);
        Norma norma = auto()) {
      assertEquals("cpu-fake", ran(norma, Norm.lp(3), ROWS));
      assertTrue(
          log.lines().get(1).endsWith(": no device is usable, or its costs have not settled yet"),
          log.lines()::toString);
      cpuCosts = CPU;
      assertEquals("cpu-fake+fake:0", ran(norma, Norm.lp(3), ROWS));
    }
  }

  @Test
  void theLogExplainsEachChoice() {
    try (LogLines log = new LogLines(Level.FINE);
        Norma norma = auto()) {
      norma.norms(Norm.SQUARED_L2, ROWS);
      norma.norms(Norm.L1, Batch.of(1.0));
      DeviceBatch copy = norma.upload(ROWS);
      norma.norms(Norm.LINF, copy);
      // 2 MiB: at 40 GB/s; at 10 GB/s in, 400 GB/s, 4 KiB at 10 GB/s out, and 20 us.
      assertEquals(
          List.of(
              "[SQUARE_SUM] of F64, vectors [256] by [1024], elements [1024] by [1], offset 0 runs"
                  + " on cpu-fake: predicted are cpu-fake 0.0524 ms, fake:0 0.235 ms",
              "[ABS_SUM] of F64, vectors [] by [], elements [] by [], offset 0 runs on cpu-fake:"
                  + " less than 1 MB",
              "[ABS_MAX] of F64, vectors [256] by [1024], elements [1024] by [1], offset 0 runs on"
                  + " fake:0: the elements are there"),
          log.lines());
    }
  }
}
