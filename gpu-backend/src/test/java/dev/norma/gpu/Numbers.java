package dev.norma.gpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;

/** Arrays of doubles on their way to and from a device. */
public final class Numbers {
  private Numbers() {}

  /** Returns 0.25, 1.25, 2.25 and so on. */
  public static double[] upTo(int count) {
    return IntStream.range(0, count).mapToDouble(i -> i + 0.25).toArray();
  }

  /** Fills the beginning of staging memory. */
  public static void fill(Device.Staging staging, double... values) {
    MemorySegment.copy(values, 0, staging.memory(), ValueLayout.JAVA_DOUBLE, 0, values.length);
  }

  /** Copies numbers to a new buffer. */
  public static Device.Buffer upload(Device device, Device.Queue queue, double... values) {
    Device.Buffer buffer = device.allocate(8L * values.length);
    try (Device.Staging staging = device.stage(8L * values.length)) {
      fill(staging, values);
      queue.write(staging, 8L * values.length, buffer, 0);
      queue.finish();
    }
    return buffer;
  }

  /** Copies a whole buffer back. */
  public static double[] download(Device device, Device.Queue queue, Device.Buffer buffer) {
    try (Device.Staging staging = device.stage(buffer.byteSize())) {
      queue.read(buffer, 0, staging, buffer.byteSize());
      queue.finish();
      return staging.memory().toArray(ValueLayout.JAVA_DOUBLE);
    }
  }
}
