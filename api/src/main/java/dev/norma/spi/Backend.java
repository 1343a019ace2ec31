package dev.norma.spi;

import dev.norma.DeviceException;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Something that executes plans. Safe for use by many threads at once. Two backends return the same
 * bits for the same plan, wherever hi is finite; where it is a NaN, any NaN.
 */
public interface Backend extends AutoCloseable {
  /** Returns the name that a caller can ask for, such as {@code cpu-simd}. */
  String name();

  /**
   * Executes a plan. Its elements are in host memory, or in memory that this backend made.
   *
   * @throws IllegalStateException if memory of the batch has been closed
   * @throws DeviceException if the device failed
   * @throws UnsupportedOperationException if this backend does not know a primitive, type or layout
   */
  PlanResult run(Plan plan);

  /**
   * Copies host memory to memory of the device, if this backend has a device.
   *
   * @throws IllegalStateException if the host memory has been closed
   * @throws DeviceException if the device failed, as for want of memory
   */
  default Optional<DeviceMemory> upload(MemorySegment from) {
    return Optional.empty();
  }

  /** Tells whether {@link #run} can compute from that memory, because this backend made it. */
  default boolean owns(DeviceMemory memory) {
    return memory.owner().equals(this);
  }

  /** Releases threads and memory, that of every upload too; no call is under way or follows. */
  @Override
  void close();
}
