package dev.norma.gpu.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.gpu.Arguments;
import dev.norma.gpu.Device;
import dev.norma.kernels.Program;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Memory, queues and kernels of a device. */
@RequiresOpenCl
class OpenClDeviceTest {
  private static final Program ARITHMETIC = new Program("f64", "arithmetic");

  private static final String SOURCE =
      """
      #pragma OPENCL FP_CONTRACT OFF
      kernel void affine(
          global const double *in, global double *out, int from, long count, double slope) {
        long i = get_global_id(0);
        if (i < count) {
          out[i] = slope * in[from + i] + get_group_id(0);
        }
      }
      kernel void twice(global double *x) {
        x[get_global_id(0)] *= 2;
      }
      """;

  private Map<String, Long> before;
  private Device device;

  @BeforeEach
  void open() {
    before = OpenClTests.liveHandles();
    device = OpenClTests.open("opencl:0", program -> SOURCE);
  }

  @AfterEach
  void close() {
    device.close();
    device.close();
    assertEquals(before, OpenClTests.liveHandles(), "objects of the driver");
  }

  private static void fill(Device.Staging staging, double[] values) {
    MemorySegment.copy(values, 0, staging.memory(), ValueLayout.JAVA_DOUBLE, 0, values.length);
  }

  private static double[] numbers(int count) {
    return IntStream.range(0, count).mapToDouble(i -> i + 0.25).toArray();
  }

  @Test
  void dataComesBackFromAnyOffset() {
    double[] values = numbers(1000);
    try (Device.Queue queue = device.open();
        Device.Buffer buffer = device.allocate(8 * 1000);
        Device.Staging up = device.stage(8 * 1000);
        Device.Staging down = device.stage(8 * 10)) {
      fill(up, values);
      queue.write(up, 8 * 1000, buffer, 0);
      fill(up, new double[] {-1, -2});
      queue.finish();
      queue.write(up, 16, buffer, 8 * 503);
      queue.read(buffer, 8 * 500, down, 8 * 10);
      queue.finish();
      assertArrayEquals(
          new double[] {500.25, 501.25, 502.25, -1, -2, 505.25, 506.25, 507.25, 508.25, 509.25},
          down.memory().toArray(ValueLayout.JAVA_DOUBLE));
    }
  }

  @Test
  void aKernelTakesEveryKindOfArgument() {
    try (Device.Queue queue = device.open();
        Device.Buffer in = device.allocate(8 * 100);
        Device.Buffer out = device.allocate(8 * 64);
        Device.Staging staging = device.stage(8 * 100)) {
      fill(staging, numbers(100));
      queue.write(staging, 8 * 100, in, 0);
      Arguments arguments = new Arguments().add(in).add(out).add(30).add(64L).add(0.5);
      queue.launch(device.kernel(ARITHMETIC, "affine"), 3, 32, arguments);
      queue.read(out, 0, staging, 8 * 64);
      queue.finish();
      int[] group = IntStream.range(0, 64).map(i -> i / 32).toArray();
      assertArrayEquals(
          IntStream.range(0, 64).mapToDouble(i -> 0.5 * (i + 30.25) + group[i]).toArray(),
          staging.memory().asSlice(0, 8 * 64).toArray(ValueLayout.JAVA_DOUBLE));
    }
  }
}
