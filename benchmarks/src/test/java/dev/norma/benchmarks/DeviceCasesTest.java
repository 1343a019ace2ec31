package dev.norma.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.norma.Batch;
import dev.norma.Norma;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the body of every case on a device once, on little data: both turns compute the norms that
 * the CPU computes, to the last bit. Without a device it is skipped, and a line says so; it fails
 * where the environment has {@code NORMA_REQUIRE_OPENCL=1}.
 */
class DeviceCasesTest {
  static List<Case> cases() {
    return Cases.all().stream().filter(c -> c.contender().isOnDevice()).toList();
  }

  @BeforeAll
  static void needsADevice() {
    MeasuredDevice.missing().ifPresent(DeviceCasesTest::skip);
  }

  private static void skip(String why) {
    String line = "DeviceCasesTest DID NOT RUN: " + why;
    if ("1".equals(System.getenv("NORMA_REQUIRE_OPENCL"))) {
      throw new AssertionError(line + " (NORMA_REQUIRE_OPENCL=1 is set)");
    }
    System.out.println("*** " + line);
    abort(why);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void deviceAndYardstickComputeTheNormsOfTheCpu(Case c) {
    NormBenchmark benchmark = SmallData.open(c);
    NormBenchmark.Turn turn = new NormBenchmark.Turn();
    Matrix matrix = benchmark.workload().matrices().get(0);
    double[] expected = norms(c, matrix.batch());
    long last = Double.doubleToRawLongBits(expected[expected.length - 1]);
    assertEquals(last, benchmark.run(turn), c + ": the last norm of the yardstick");
    assertEquals(1, turn.probes, c + ": the first turn is the yardstick's");
    benchmark.pass();
    long bytes = benchmark.run(turn);
    assertEquals(1, turn.probes, c + ": the second turn is the case's");
    assertEquals(matrix.elements().segment().byteSize(), bytes, c + ": bytes declared");
    assertTrue(bytes > 0, c + ": there is something to do");
    double[] actual = benchmark.workload().computations().get(0).results();
    assertArrayEquals(bits(expected), bits(actual), c.toString());
    benchmark.close();
  }

  private static double[] norms(Case c, Batch batch) {
    try (Norma cpu = Norma.open(NormaComputation.SIMD)) {
      return cpu.norms(c.norm().norm(), batch);
    }
  }

  private static long[] bits(double[] norms) {
    long[] bits = new long[norms.length];
    for (int i = 0; i < norms.length; i++) {
      bits[i] = Double.doubleToRawLongBits(norms[i]);
    }
    return bits;
  }
}
