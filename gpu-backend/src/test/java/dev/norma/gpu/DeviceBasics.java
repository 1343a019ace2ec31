package dev.norma.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.kernels.Program;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Memory, queues and kernels of a device, whatever it is programmed by. */
public abstract class DeviceBasics {
  /** Where {@code affine} is, and nothing else is asked for. */
  protected static final Program PROGRAM = new Program("f64", "arithmetic");

  private final String name;
  private Map<String, Long> before;

  /** The device, opened for each test. */
  protected Device device;

  /** A queue of the device. */
  protected Device.Queue queue;

  /** Tests the device of a name. */
  protected DeviceBasics(String name) {
    this.name = name;
  }

  /**
   * Opens the device, with a kernel {@code affine(in, out, from, count, slope)} that stores {@code
   * slope * in[from + i]} plus the number of the group in {@code out[i]}, for i below count, and a
   * kernel {@code scale(x, by)} that multiplies each number of x.
   */
  protected abstract Device open(String name);

  @BeforeEach
  final void open() {
    before = Handle.live();
    device = open(name);
    queue = device.open();
  }

  @AfterEach
  final void close() {
    queue.close();
    queue.close();
    device.close();
    device.close();
    assertEquals(before, Handle.live(), "objects of the driver");
  }

  @Test
  final void limitsAreThoseOfADevice() {
    Limits limits = device.limits();
    assertEquals(name, limits.name());
    assertTrue(limits.memory() >= limits.largestBuffer(), limits::toString);
    assertTrue(limits.largestBuffer() >= 1 << 20, limits::toString);
  }

  @Test
  final void dataComesBackFromAnyOffset() {
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
  final void nothingIsCopiedToo() {
    try (Device.Buffer buffer = device.allocate(0);
        Device.Staging staging = device.stage(0)) {
      assertEquals(0, buffer.byteSize());
      assertEquals(0, staging.memory().byteSize());
      queue.write(staging, 0, buffer, 0);
      queue.read(buffer, 0, staging, 0);
      queue.finish();
    }
  }

  @Test
  final void copiesBeyondAnEndAreRefused() {
    try (Device.Buffer buffer = device.allocate(64);
        Device.Staging staging = device.stage(32)) {
      assertThrows(IndexOutOfBoundsException.class, () -> queue.write(staging, 33, buffer, 0));
      assertThrows(IndexOutOfBoundsException.class, () -> queue.read(buffer, 33, staging, 32));
    }
  }

  @Test
  final void aKernelTakesEveryKindOfArgument() {
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

  @Test
  final void wrappedMemoryIsNotACopy() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(8 * 1024, 4096);
      if (!device.limits().sharesMemory()) {
        assertEquals(Optional.empty(), device.wrap(host));
        return;
      }
      try (Device.Buffer in = device.wrap(host).orElseThrow();
          Device.Buffer out = device.allocate(8 * 1024)) {
        host.setAtIndex(ValueLayout.JAVA_DOUBLE, 1023, 12.5);
        Arguments arguments = new Arguments().add(in).add(out).add(0).add(1024L).add(2.0);
        queue.launch(device.kernel(PROGRAM, "affine"), 8, 128, arguments);
        assertEquals(25 + 7, Numbers.download(device, queue, out)[1023]);
      }
    }
  }

  @Test
  final void onlyAlignedNativeMemoryIsWrapped() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(8 * 1024, 4096);
      assertEquals(Optional.empty(), device.wrap(host.asSlice(8)));
      assertEquals(Optional.empty(), device.wrap(host.asSlice(0, 0)));
    }
    assertEquals(Optional.empty(), device.wrap(MemorySegment.ofArray(new double[1024])));
  }
}
