package dev.norma.gpu.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.norma.gpu.Arguments;
import dev.norma.gpu.Device;
import dev.norma.gpu.Handle;
import dev.norma.gpu.Limits;
import dev.norma.kernels.Program;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Memory, queues and kernels of a device. */
@RequiresOpenCl
class OpenClDeviceTest {
  private static final Program PROGRAM = new Program("f64", "arithmetic");
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
  private Device.Queue queue;

  @BeforeEach
  void open() {
    before = Handle.live();
    device = OpenClTests.open("opencl:0", program -> SOURCE);
    queue = device.open();
  }

  @AfterEach
  void close() {
    queue.close();
    queue.close();
    device.close();
    device.close();
    assertEquals(before, Handle.live(), "objects of the driver");
  }

  @Test
  void limitsAreThoseOfADevice() {
    Limits limits = device.limits();
    assertEquals("opencl:0", limits.name());
    assertTrue(limits.memory() >= limits.largestBuffer(), limits::toString);
    assertTrue(limits.largestBuffer() >= 1 << 20, limits::toString);
  }

  @Test
  void dataComesBackFromAnyOffset() {
    try (Device.Buffer buffer = Numbers.upload(device, queue, Numbers.upTo(1000));
        Device.Staging up = device.stage(16);
        Device.Staging down = device.stage(8 * 10)) {
      Numbers.fill(up, -1, -2);
      queue.write(up, 16, buffer, 8 * 503);
      queue.read(buffer, 8 * 500, down, 8 * 10);
      queue.finish();
      assertArrayEquals(
          new double[] {500.25, 501.25, 502.25, -1, -2, 505.25, 506.25, 507.25, 508.25, 509.25},
          down.memory().toArray(ValueLayout.JAVA_DOUBLE));
    }
  }

  @Test
  void nothingIsCopiedToo() {
    try (Device.Buffer buffer = device.allocate(0);
        Device.Staging staging = device.stage(0)) {
      assertEquals(0, buffer.byteSize());
      assertEquals(0, staging.memory().byteSize());
      queue.write(staging, 0, buffer, 0);
      queue.read(buffer, 0, staging, 0);
      queue.finish();
    }
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

  @Test
  void copiesBeyondAnEndAreRefused() {
    try (Device.Buffer buffer = device.allocate(64);
        Device.Staging staging = device.stage(32)) {
      assertThrows(IndexOutOfBoundsException.class, () -> queue.write(staging, 33, buffer, 0));
      assertThrows(IndexOutOfBoundsException.class, () -> queue.read(buffer, 33, staging, 32));
    }
  }

  @Test
  void aKernelTakesEveryKindOfArgument() {
    try (Device.Buffer in = Numbers.upload(device, queue, Numbers.upTo(100));
        Device.Buffer out = device.allocate(8 * 64)) {
      Arguments arguments = new Arguments().add(in).add(out).add(30).add(64L).add(0.5);
      queue.launch(device.kernel(PROGRAM, "affine"), 3, 32, arguments);
      int[] group = IntStream.range(0, 64).map(i -> i / 32).toArray();
      assertArrayEquals(
          IntStream.range(0, 64).mapToDouble(i -> 0.5 * (i + 30.25) + group[i]).toArray(),
          Numbers.download(device, queue, out));
    }
  }

  /** Without ever finishing, events of what has ended are let go. */
  @Test
  void endedWorkIsForgotten() {
    Device.Kernel twice = device.kernel(PROGRAM, "twice");
    try (Device.Buffer buffer = Numbers.upload(device, queue, 0, 0)) {
      for (int i = 0; i < 20_000; i++) {
        queue.launch(twice, 1, 2, new Arguments().add(buffer));
      }
      long events = Handle.live().getOrDefault("OpenCL event", 0L);
      assertTrue(events < 10_000, () -> events + " events of 20000 launches are kept");
    }
  }

  @Test
  void wrappedMemoryIsNotACopy() {
    assumeTrue(device.limits().sharesMemory(), "the device has memory of its own");
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(8 * 1024, 4096);
      try (Device.Buffer in = device.wrap(host).orElseThrow();
          Device.Buffer out = device.allocate(8 * 1024)) {
        host.setAtIndex(ValueLayout.JAVA_DOUBLE, 1023, 12.5);
        Arguments arguments = new Arguments().add(in).add(out).add(0).add(1024L).add(2.0);
        queue.launch(device.kernel(PROGRAM, "affine"), 1, 1024, arguments);
        assertEquals(25, Numbers.download(device, queue, out)[1023]);
      }
    }
  }

  @Test
  void onlyAlignedNativeMemoryIsWrapped() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(8 * 1024, 4096);
      assertEquals(Optional.empty(), device.wrap(host.asSlice(8)));
      assertEquals(Optional.empty(), device.wrap(host.asSlice(0, 0)));
    }
    assertEquals(Optional.empty(), device.wrap(MemorySegment.ofArray(new double[1024])));
  }
}
