package dev.norma.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.norma.Batch;
import dev.norma.DeviceException;
import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.cpu.CpuBackendProvider;
import dev.norma.gpu.cuda.CudaTests;
import dev.norma.gpu.cuda.RequiresCuda;
import dev.norma.gpu.cuda.TestDriver;
import dev.norma.kernels.KernelSource;
import dev.norma.kernels.Program;
import dev.norma.spi.Backend;
import dev.norma.spi.ElementMap;
import dev.norma.spi.MapPlan;
import dev.norma.spi.Plan;
import dev.norma.spi.PlanResult;
import dev.norma.spi.Primitive;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Data that comes to the device in many pieces, by two streams that wait for each other. The driver
 * does all work as late as it may: without a wait it would read what is not there yet.
 */
@RequiresCuda
class CudaPiecesTest {
  private static final double[] DATA = new Random(5).doubles(40_000, -1, 1).toArray();

  private static final List<Batch> BATCHES =
      List.of(
          Batch.rows(DATA, 80, 500),
          Batch.rows(DATA, 2, 20_000),
          Batch.columns(DATA, 5000, 8),
          Batch.ragged(DATA, new long[] {0, 7, 7, 9000, 40_000}));

  /** A device with so little memory that it takes pieces of 64 KiB, the smallest. */
  private static GpuBackend small() {
    return small(KernelSource::ptx);
  }

  private static GpuBackend small(Function<Program, String> ptx) {
    return new GpuBackend(
        new WrappedDevice(CudaTests.open("cuda:0", ptx)) {
          @Override
          public Limits limits() {
            return new Limits("small", "", 1 << 19, 1 << 30, 256, false, true, false);
          }
        });
  }

  private static List<double[]> sums(Backend backend, Batch batch) {
    double[] scales = new double[(int) batch.count()];
    Arrays.fill(scales, 2);
    Plan plan =
        new Plan(
            batch,
            List.of(Primitive.ABS_SUM, Primitive.ABS_MAX, Primitive.powSum(3)),
            scales,
            new LongAdder());
    PlanResult result = backend.run(plan);
    return List.of(result.hi(0), result.lo(0), result.hi(1), result.hi(2), result.lo(2));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void streamsWaitForEachOther(int seed) {
    TestDriver.set("seed", seed);
    try (GpuBackend backend = small();
        Backend scalar = new CpuBackendProvider().open("cpu-scalar")) {
      for (Batch batch : BATCHES) {
        List<double[]> expected = sums(scalar, batch);
        List<double[]> actual = sums(backend, batch);
        for (int i = 0; i < expected.size(); i++) {
          assertArrayEquals(expected.get(i), actual.get(i), batch + ", result " + i);
        }
      }
    }
  }

  /** The last of nine columns is a piece alone: a team of two takes neighbours. */
  @Test
  void aColumnAloneIsARun() {
    FunctionCase function = new FunctionCase(ElementMap.SCALE, ElementType.F16, 1);
    double[][] coefficients = function.coefficients(9);
    Elements x = function.elements(9 * 4090);
    try (GpuBackend backend = small();
        Backend scalar = new CpuBackendProvider().open("cpu-scalar")) {
      Elements expected = scaled(scalar, x, coefficients);
      Elements actual = scaled(backend, x, coefficients);
      assertEquals(-1, expected.segment().mismatch(actual.segment()));
    }
  }

  /** Of 25 columns, the last is a piece alone, and needs another program than those before. */
  @Test
  void nothingIsWrittenIfTheProgramOfTheLastPieceIsNotBuilt() {
    FunctionCase function = new FunctionCase(ElementMap.SCALE, ElementType.F16, 1);
    Elements x = function.elements(25 * 4090);
    Elements out = Elements.f16(new short[25 * 4090]);
    Function<Program, String> broken =
        program -> program.reduction().startsWith("run_") ? "no PTX" : KernelSource.ptx(program);
    try (GpuBackend backend = small(broken)) {
      assertThrows(
          DeviceException.class, () -> scale(backend, x, function.coefficients(25), 25, out));
    }
    assertEquals(-1, out.segment().mismatch(Elements.f16(new short[25 * 4090]).segment()));
  }

  private static Elements scaled(Backend backend, Elements x, double[][] coefficients) {
    Elements out = Elements.f16(new short[9 * 4090]);
    scale(backend, x, coefficients, 9, out);
    return out;
  }

  private static void scale(
      Backend backend, Elements x, double[][] coefficients, int columns, Elements out) {
    backend.map(
        MapPlan.writing(
            ElementMap.SCALE,
            coefficients,
            Batch.columns(x, 4090, columns),
            null,
            Batch.columns(out, 4090, columns),
            false));
  }
}
