package dev.norma.gpu.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.gpu.Arguments;
import dev.norma.gpu.Device;
import dev.norma.gpu.DeviceBasics;
import dev.norma.gpu.Handle;
import dev.norma.gpu.Numbers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A device of OpenCL. */
@RequiresOpenCl
class OpenClDeviceTest extends DeviceBasics {
  static final String SOURCE =
      """
      #pragma OPENCL FP_CONTRACT OFF
      kernel void affine(
          global const double *in, global double *out, int from, long count, double slope) {
        long i = get_global_id(0);
        if (i < count) {
          out[i] = slope * in[from + i] + get_group_id(0);
        }
      }
      kernel void scale(global double *x, double by) {
        x[get_global_id(0)] *= by;
      }
      """;

  OpenClDeviceTest() {
    super("opencl:0");
  }

  @Override
  protected Device open(String name) {
    return OpenClTests.open(name, program -> SOURCE);
  }

  /** JOCL's own would start some, which call the driver while others do. */
  @Test
  void copiesStartNoThreads() {
    try (Device.Buffer buffer = Numbers.upload(device, queue, 1, 2)) {
      Numbers.download(device, queue, buffer);
    }
    assertEquals(
        List.of(),
        Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getName)
            .filter(name -> name.startsWith("AsyncOp"))
            .toList());
  }

  /** Without ever finishing, events of what has ended are let go; a device may lag behind. */
  @Test
  void endedWorkIsForgotten() throws InterruptedException {
    Device.Kernel scale = device.kernel(PROGRAM, "scale");
    try (Device.Buffer buffer = Numbers.upload(device, queue, 0, 0)) {
      for (int i = 0; i < 20_000; i++) {
        queue.launch(scale, 1, 2, new Arguments().add(buffer).add(2.0));
      }
      for (int i = 0; i < 10_000 && events() >= 10_000; i++) {
        Thread.sleep(1);
        queue.launch(scale, 1, 2, new Arguments().add(buffer).add(2.0));
      }
      long events = events();
      assertTrue(events < 10_000, () -> events + " events are kept");
    }
  }

  private static long events() {
    return Handle.live().getOrDefault("OpenCL event", 0L);
  }
}
