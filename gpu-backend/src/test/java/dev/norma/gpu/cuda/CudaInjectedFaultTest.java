package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.Batch;
import dev.norma.DeviceBatch;
import dev.norma.DeviceException;
import dev.norma.EagerAuto;
import dev.norma.Norm;
import dev.norma.Norma;
import dev.norma.gpu.Handle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever the driver fails at, once or for good, who named the device is told, and {@code auto}
 * answers; nothing is left behind, and the device works again afterwards.
 */
@RequiresCuda
class CudaInjectedFaultTest {
  private static final List<Norm> NORMS = List.of(Norm.L1, Norm.L2, Norm.LINF, Norm.lp(3));
  private static final Random RANDOM = new Random(11);

  /** Where so many calls more than the last that failed change nothing, there is none behind. */
  private static final int BEHIND_THE_LAST = 40;

  private static final int FEW_ROWS = 6;
  private static final int LENGTH = 700;
  private static final Batch FEW = rows(FEW_ROWS);
  private static final Batch RAGGED =
      Batch.ragged(new double[FEW_ROWS * LENGTH], new long[] {0, 7, 7, 900, FEW_ROWS * LENGTH});
  private static final Batch MANY = rows(400); // more than auto leaves to the CPU unseen

  private static Batch rows(int count) {
    float[] numbers = new float[count * LENGTH];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = RANDOM.nextFloat() - 0.5f;
    }
    return Batch.rows(numbers, count, LENGTH);
  }

  /** All that is asked of a device: of elements on the host, and of those that stay there. */
  private static List<double[]> answers(Norma norma, Batch batch) {
    List<double[]> answers = new ArrayList<>(norms(norma, batch));
    Batch copy = Batch.rows(new float[FEW_ROWS * LENGTH], FEW_ROWS, LENGTH);
    norma.gradients().gradient(Norm.L2, batch, copy);
    answers.addAll(norms(norma, copy));
    try (DeviceBatch uploaded = norma.upload(batch)) {
      answers.addAll(norms(norma, uploaded));
      norma.gradients().gradient(Norm.lp(3), uploaded, uploaded);
      answers.addAll(norms(norma, uploaded));
    }
    try (DeviceBatch uploaded = norma.upload(RAGGED)) { // whose lists are kept with it
      answers.addAll(norms(norma, uploaded));
    }
    return answers;
  }

  private static List<double[]> norms(Norma norma, Batch batch) {
    return NORMS.stream().map(norma.norms(NORMS, batch)::of).toList();
  }

  private static List<double[]> expected(Batch batch) {
    try (Norma scalar = Norma.open("cpu-scalar")) {
      return answers(scalar, batch);
    }
  }

  private static void assertAnswers(List<double[]> expected, List<double[]> actual, String when) {
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), actual.get(i), when + ", answer " + i);
    }
  }

  /** Injects a fault and returns whether a device that was named failed by it. */
  private static boolean fails(String fault, int n, List<double[]> expected) {
    TestDriver.inject(fault, n);
    try (Norma norma = Norma.open("cuda:0")) {
      assertAnswers(expected, answers(norma, FEW), "without a failure");
      return false;
    } catch (DeviceException e) {
      assertTrue(e.getMessage().startsWith("cuda:0 (Norma test driver): "), e::getMessage);
      assertTrue(e.getMessage().contains(" failed: CUDA_ERROR_"), e::getMessage);
      return true;
    }
  }

  private static void assertNothingIsLeft(String fault, int n) {
    String when = fault + " " + n;
    assertEquals(Map.of(), Handle.live(), when);
    assertEquals(List.of(), TestDriver.wrongBesides(), when);
    TestDriver.reset();
  }

  @ParameterizedTest
  @CsvSource({
    "fail_call",
    "fail_alloc",
    "fail_launch",
    "fail_kernel",
    "fail_module",
    "lose_device"
  })
  void whoNamedTheDeviceIsTold(String fault) {
    List<double[]> expected = expected(FEW);
    int failures = 0;
    int last = 0;
    for (int n = 1; n <= last + BEHIND_THE_LAST; n++) {
      if (fails(fault, n, expected)) {
        failures++;
        last = n;
      }
      assertNothingIsLeft(fault, n);
    }
    assertTrue(failures > 1, failures + " failures by " + fault);
    assertAnswers(expected, mended(() -> Norma.open("cuda:0")), "afterwards");
  }

  private static List<double[]> mended(Supplier<Norma> opened) {
    try (Norma norma = opened.get()) {
      return answers(norma, FEW);
    }
  }

  private static List<double[]> scalarNorms(Batch batch) {
    try (Norma scalar = Norma.open("cpu-scalar")) {
      return norms(scalar, batch);
    }
  }

  /** Of elements that are on the device alone the CPU knows nothing; all others are asked for. */
  @ParameterizedTest
  @CsvSource({
    "fail_call",
    "fail_alloc",
    "fail_launch",
    "fail_kernel",
    "fail_module",
    "lose_device"
  })
  void autoAnswers(String fault) {
    List<double[]> expected = scalarNorms(MANY);
    int failures = 0;
    int last = 0;
    for (int n = 1; n <= last + BEHIND_THE_LAST; n++) {
      TestDriver.inject(fault, n);
      try (Norma norma = EagerAuto.open("cuda:0")) {
        if (!norma.norms(NORMS, MANY).backend().equals("cuda:0")) {
          failures++;
          last = n;
        }
        assertAnswers(expected, norms(norma, MANY), fault + " " + n);
        norma.upload(MANY).close();
      }
      assertNothingIsLeft(fault, n);
    }
    // Memory that is wanting once is asked for again.
    assertEquals(fault.equals("fail_alloc"), failures == 0, failures + " failures by " + fault);
  }
}
