package dev.norma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.spi.Backend;
import dev.norma.spi.Costs;
import dev.norma.spi.DeviceMemory;
import dev.norma.spi.Plan;
import dev.norma.spi.PlanResult;
import dev.norma.spi.Primitive;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Measuring by a clock that only the backend under test moves: no time passes. */
class CalibrationTest {
  /** Takes the time that some costs say, and longer at first. */
  private static final class Timed implements Backend {
    private final Costs costs;
    private String name = "timed";
    private long nanos;
    private int runs;
    private int open;
    private double cacheSpeedup = 1;
    private int slowRuns;
    private double slowness = 50;
    private long slowHeavyNanos;
    private RuntimeException failure;

    Timed(Costs costs) {
      this.costs = costs;
    }

    private void pass(double seconds) {
      nanos += Math.round(seconds * 1e9);
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public PlanResult run(Plan plan) {
      boolean heavy = plan.primitives().get(0).kind() == Primitive.Kind.POW_SUM;
      assertTrue(!heavy || plan.scaled(), "powers need scales");
      if (failure != null) {
        throw failure;
      }
      double seconds = plan.bytes() / (heavy ? costs.heavy() : costs.light());
      if (heavy && slowHeavyNanos > 0) {
        seconds *= 1000;
        slowHeavyNanos -= Math.round(seconds * 1e9);
      }
      boolean cached = plan.bytes() <= 1 << 20;
      pass(
          costs.launch()
              + seconds / (cached ? cacheSpeedup : 1) * (runs++ < slowRuns ? slowness : 1));
      return new PlanResult(plan, name());
    }

    @Override
    public Optional<DeviceMemory> upload(MemorySegment from) {
      if (!costs.copies()) {
        return Optional.empty();
      }
      pass(from.byteSize() / costs.copyIn());
      open++;
      return Optional.of(new Copy(this, from.byteSize()));
    }

    @Override
    public void close() {}
  }

  private record Copy(Timed owner, long byteSize) implements DeviceMemory {
    @Override
    public void read(long offset, MemorySegment to) {
      owner.pass(to.byteSize() / owner.costs.copyOut());
    }

    @Override
    public void close() {
      owner.open--;
    }
  }

  private static Costs measure(Timed timed) {
    Calibration calibration = new Calibration(timed, () -> timed.nanos);
    Costs costs = calibration.measure();
    assertTrue(calibration.isSteady());
    return costs;
  }

  private static void assertNear(double expected, double actual) {
    assertEquals(expected, actual, expected / 50);
  }

  private static void assertNear(Costs expected, Costs actual) {
    assertNear(expected.copyIn(), actual.copyIn());
    assertNear(expected.copyOut(), actual.copyOut());
    assertNear(expected.light(), actual.light());
    assertNear(expected.heavy(), actual.heavy());
    assertNear(expected.launch(), actual.launch());
  }

  @Test
  void aDeviceIsMeasuredAndItsMemoryReleased() {
    Timed timed = new Timed(new Costs(11e9, 7e9, 300e9, 40e9, 12e-6));
    Costs costs = measure(timed);
    // The smallest plan is one of 4 KB.
    assertNear(timed.costs, costs);
    assertEquals(0, timed.open, "uploads left open");
    assertTrue(timed.nanos < 800_000_000, timed.nanos + " ns");
  }

  @Test
  void aSlowOneTakesNoLonger() {
    Timed timed = new Timed(new Costs(0.5e9, 0.4e9, 1e9, 0.05e9, 1e-3));
    assertNear(timed.costs, measure(timed));
    assertTrue(timed.nanos < 1_000_000_000, timed.nanos + " ns");
  }

  @Test
  void whatIsSlowAtFirstIsNotHeldAgainstIt() {
    Timed timed = new Timed(new Costs(11e9, 7e9, 30e9, 1e9, 12e-6));
    timed.slowRuns = 10;
    assertNear(timed.costs, measure(timed));
  }

  /** Java runs a loop in an interpreter, then compiled badly, and well when that has been done. */
  @Test
  void whatIsNotCompiledYetIsNotTaken() {
    Timed timed = new Timed(new Costs(11e9, 7e9, 30e9, 1e9, 12e-6));
    timed.slowness = 1000;
    timed.slowRuns = 16;
    assertNear(timed.costs.light(), measure(timed).light());
  }

  @Test
  void whatDoesNotSettleIsKeptAfterAFewTriesOnly() {
    Timed timed = new Timed(new Costs(11e9, 7e9, 4e8, 1e9, 12e-6));
    timed.name = "never settled";
    for (int i = 1; i < 4; i++) {
      long before = timed.nanos;
      assertEquals(Optional.empty(), Calibration.of(timed, () -> timed.nanos), "time " + i);
      assertTrue(timed.nanos - before < 1_000_000_000, timed.nanos - before + " ns");
    }
    Costs costs = Calibration.of(timed, () -> timed.nanos).orElseThrow();
    assertNear(4e8, costs.light());
    int runs = timed.runs;
    assertSame(costs, Calibration.settled(timed));
    assertEquals(runs, timed.runs, "measured again");
  }

  /**
   * With two cores that are busy with other things, Java may take seconds to compile the powers.
   */
  @Test
  void whoeverAsksForTheCostsWaitsForTheCompiler() {
    double infinite = Double.POSITIVE_INFINITY;
    Timed timed = new Timed(new Costs(infinite, infinite, 30e9, 1e9, 2e-6));
    timed.name = "compiled late";
    timed.slowHeavyNanos = 4_000_000_000L;
    Costs costs = Calibration.settled(timed, () -> timed.nanos);
    assertNear(1e9, costs.heavy());
    assertTrue(timed.nanos < 10_000_000_000L, timed.nanos + " ns");
    assertSame(costs, Calibration.of(timed, () -> timed.nanos).orElseThrow());
  }

  @Test
  void whatACacheGivesIsNotTakenForTheRateOfMemory() {
    Timed timed = new Timed(new Costs(11e9, 7e9, 30e9, 5e9, 12e-6));
    timed.cacheSpeedup = 8;
    assertNear(timed.costs.light(), measure(timed).light());
  }

  @Test
  void withoutADeviceNothingIsCopied() {
    double infinite = Double.POSITIVE_INFINITY;
    Costs costs = measure(new Timed(new Costs(infinite, infinite, 30e9, 0.4e9, 2e-6)));
    assertFalse(costs.copies());
    assertEquals(infinite, costs.copyOut());
    assertNear(30e9, costs.light());
    assertNear(0.4e9, costs.heavy());
  }

  @Test
  void aFailureIsThrownAndLeavesNothingOpen() {
    Timed timed = new Timed(new Costs(11e9, 7e9, 30e9, 5e9, 12e-6));
    timed.failure = FakeBackend.failure("build failed");
    assertThrows(DeviceException.class, () -> measure(timed));
    assertEquals(0, timed.open);
    assertThrows(DeviceException.class, () -> Calibration.of(timed));
    timed.failure = null;
    Costs first = Calibration.settled(timed);
    int runs = timed.runs;
    assertSame(first, Calibration.of(timed).orElseThrow());
    assertEquals(runs, timed.runs, "measured again");
  }
}
