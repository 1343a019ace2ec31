package dev.norma.gpu;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.gpu.opencl.OpenClTests;
import dev.norma.gpu.opencl.RequiresOpenCl;
import dev.norma.kernels.KernelSource;
import dev.norma.spi.DeviceMemory;
import dev.norma.spi.ElementMap;
import dev.norma.spi.MapPlan;
import dev.norma.spi.Plan;
import dev.norma.spi.Primitive;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/**
 * Whatever one queue does with a buffer is ordered behind what another one did with it before, by
 * the host, which waited for the other one. A missing wait may show no wrong result for years.
 */
@RequiresOpenCl
class OrderTest {
  private static final Elements DATA = Elements.of(new double[200_000]);

  private static OrderedDevice small() {
    return new OrderedDevice(OpenClTests.open("opencl:0", KernelSource::openCl)) {
      @Override
      public Limits limits() {
        return new Limits("small", "", 1 << 19, 1 << 30, 128, false, true, false);
      }
    };
  }

  private static void run(GpuBackend backend, Batch batch, boolean scaled) {
    List<Primitive> primitives = List.of(Primitive.ABS_SUM, Primitive.powSum(3));
    double[] scales = new double[(int) batch.count()];
    Arrays.fill(scales, 2);
    backend.run(
        new Plan(
            batch, primitives.subList(0, scaled ? 2 : 1), scaled ? scales : null, new LongAdder()));
  }

  @Test
  void queuesWaitForEachOther() {
    OrderedDevice device = small();
    try (GpuBackend backend = new GpuBackend(device)) {
      for (boolean scaled : new boolean[] {false, true, false}) {
        run(backend, Batch.rows(DATA, 400, 500), scaled);
        run(backend, Batch.rows(DATA, 4, 50_000), scaled);
        run(backend, Batch.columns(DATA, 10_000, 20), scaled);
        run(backend, Batch.ragged(DATA, new long[] {0, 7, 9000, 9000, 200_000}), scaled);
      }
    }
    assertTrue(device.queues() > 1, "one queue alone needs no order");
  }

  @Test
  void whatStaysOnTheDeviceIsOrderedToo() {
    OrderedDevice device = small();
    try (GpuBackend backend = new GpuBackend(device);
        DeviceMemory memory = backend.upload(DATA.segment()).orElseThrow()) {
      Elements elements = Elements.onDevice(memory, ElementType.F64);
      for (boolean scaled : new boolean[] {false, true, false}) {
        run(backend, Batch.rows(elements, 400, 500), scaled);
        run(backend, Batch.rows(elements, 4, 50_000), scaled);
        run(backend, Batch.columns(elements, 10_000, 20), scaled);
        run(backend, Batch.ragged(elements, new long[] {0, 7, 9000, 9000, 200_000}), scaled);
      }
    }
  }

  /** Writes a function of x and x to another place, or adds it there, and sums one. */
  private static void apply(GpuBackend backend, Batch x, Batch out) {
    double[][] ones = new double[7][(int) x.count()];
    Arrays.fill(ones[0], 1);
    for (boolean adds : new boolean[] {false, true}) {
      backend.map(MapPlan.writing(ElementMap.hessian(0), ones, x, x, out, adds));
    }
    backend.map(MapPlan.writing(ElementMap.SIGN, ones, out, null, out, false));
    backend.sum(MapPlan.summing(ElementMap.SIGN, ones, x, out));
  }

  private static void applyAll(GpuBackend backend, Elements x, Elements out) {
    long[] offsets = {0, 7, 9000, 9000, 200_000};
    for (int again = 0; again < 2; again++) {
      apply(backend, Batch.rows(x, 400, 500), Batch.rows(out, 400, 500));
      apply(backend, Batch.rows(x, 4, 50_000), Batch.rows(out, 4, 50_000));
      apply(backend, Batch.columns(x, 10_000, 20), Batch.columns(out, 10_000, 20));
      apply(backend, Batch.ragged(x, offsets), Batch.ragged(out, offsets));
    }
  }

  @Test
  void queuesWaitForEachOtherWhereValuesComeBack() {
    try (GpuBackend backend = new GpuBackend(small())) {
      applyAll(backend, DATA, Elements.of(new double[200_000]));
    }
  }

  @Test
  void whatIsWrittenOnTheDeviceIsOrderedToo() {
    try (GpuBackend backend = new GpuBackend(small());
        DeviceMemory x = backend.upload(DATA.segment()).orElseThrow();
        DeviceMemory out = backend.upload(DATA.segment()).orElseThrow()) {
      applyAll(
          backend, Elements.onDevice(x, ElementType.F64), Elements.onDevice(out, ElementType.F64));
    }
  }

  @Test
  void aMissingWaitIsSeen() {
    try (OrderedDevice device = small();
        Device.Buffer buffer = device.allocate(64);
        Device.Staging staging = device.stage(64);
        Device.Staging other = device.stage(64);
        Device.Queue one = device.open();
        Device.Queue two = device.open()) {
      one.write(staging, 64, buffer, 0);
      assertThrows(AssertionError.class, () -> two.read(buffer, 0, other, 64));
      try (Device.Event written = one.mark()) {
        two.waitFor(written);
      }
      two.read(buffer, 0, other, 64);
      assertThrows(AssertionError.class, () -> one.write(staging, 64, buffer, 0));
      two.finish();
      one.finish();
      one.write(staging, 64, buffer, 0);
      one.finish();
    }
  }
}
