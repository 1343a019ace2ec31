package dev.norma.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.Batch;
import dev.norma.DeviceException;
import dev.norma.gpu.cuda.CudaTests;
import dev.norma.gpu.cuda.RequiresCuda;
import dev.norma.gpu.cuda.TestDriver;
import dev.norma.kernels.KernelSource;
import dev.norma.spi.ElementMap;
import dev.norma.spi.MapPlan;
import dev.norma.spi.Plan;
import dev.norma.spi.Primitive;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the driver fails at while data comes and goes in pieces, no piece is taken for another:
 * places on both sides are used again and again, and hold what was computed before.
 */
@RequiresCuda
class CudaPieceFaultTest {
  /** Of which six pieces are made. */
  private static final int ROWS = 160;

  private static final int LENGTH = 600;

  /** Where so many calls more than the last that failed change nothing, there is none behind. */
  private static final int BEHIND_THE_LAST = 40;

  /** So little memory that pieces have 64 KB. */
  private static GpuBackend open() {
    return new GpuBackend(
        new WrappedDevice(CudaTests.open("cuda:0", KernelSource::ptx)) {
          @Override
          public Limits limits() {
            Limits all = super.limits();
            return new Limits(
                all.name(), "", 1 << 19, 1 << 30, all.alignment(), false, true, false);
          }
        });
  }

  private static float[] numbers(float first) {
    float[] numbers = new float[ROWS * LENGTH];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = first + i % 77;
    }
    return numbers;
  }

  private static Batch rows(float[] numbers) {
    return Batch.rows(numbers, ROWS, LENGTH);
  }

  private static void negate(GpuBackend backend, float[] numbers) {
    double[][] coefficients = new double[4][ROWS];
    Arrays.fill(coefficients[0], -1);
    Arrays.fill(coefficients[2], 1);
    Arrays.fill(coefficients[3], 1);
    Batch x = rows(numbers);
    backend.map(MapPlan.writing(ElementMap.SCALE, coefficients, x, null, x, false));
  }

  /** The sums, which are exact. */
  private static double[] sums(GpuBackend backend, float[] numbers) {
    Plan plan = new Plan(rows(numbers), List.of(Primitive.ABS_SUM), null, new LongAdder());
    return backend.run(plan).hi(0);
  }

  private static double[] expectedSums(float[] numbers) {
    double[] sums = new double[ROWS];
    for (int i = 0; i < numbers.length; i++) {
      sums[i / LENGTH] += Math.abs(numbers[i]);
    }
    return sums;
  }

  /** Each value is what it was, or what it should be. */
  private static void checkWritten(float[] before, float[] after, boolean all) {
    for (int i = 0; i < after.length; i++) {
      boolean isWritten = after[i] == -before[i];
      assertTrue(isWritten || (!all && after[i] == before[i]), "element " + i + " is " + after[i]);
    }
  }

  /** Does it again and again, failing at one call after the other, until all of them were. */
  private static void failing(String fault, BooleanSupplier succeeds) {
    int failures = 0;
    int last = 0;
    for (int n = 1; n <= last + BEHIND_THE_LAST; n++) {
      TestDriver.inject(fault, n);
      if (!succeeds.getAsBoolean()) {
        failures++;
        last = n;
      }
      assertEquals(Map.of(), Handle.live(), fault + " " + n);
      assertEquals(List.of(), TestDriver.wrongBesides(), fault + " " + n);
      TestDriver.reset();
    }
    assertTrue(failures > 1, failures + " failures by " + fault);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fail_call", "fail_alloc", "fail_launch", "fail_kernel", "lose_device"})
  void valuesInPlaceOfWhatTheyAreComputedFromAreRightOrNotWritten(String fault) {
    failing(
        fault,
        () -> {
          float[] numbers = numbers(3);
          boolean done = false;
          try (GpuBackend backend = open()) {
            negate(backend, numbers(5000));
            negate(backend, numbers);
            done = true;
          } catch (DeviceException e) {
            assertTrue(e.getMessage().startsWith("cuda:0 (Norma"), e::getMessage);
          }
          checkWritten(numbers(3), numbers, done);
          return done;
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"fail_call", "fail_alloc", "fail_launch", "fail_kernel", "lose_device"})
  void sumsAreRightOrNotReturned(String fault) {
    failing(
        fault,
        () -> {
          try (GpuBackend backend = open()) {
            sums(backend, numbers(5000));
            assertArrayEquals(expectedSums(numbers(3)), sums(backend, numbers(3)));
            return true;
          } catch (DeviceException e) {
            assertTrue(e.getMessage().startsWith("cuda:0 (Norma"), e::getMessage);
            return false;
          }
        });
  }
}
