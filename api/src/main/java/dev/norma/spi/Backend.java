package dev.norma.spi;

import dev.norma.Batch;
import dev.norma.DeviceException;
import java.lang.foreign.MemorySegment;
import java.util.List;
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
   * Writes a function of every element. All batches are in host memory, or all in memory that this
   * backend made; what is written there is read by all that is called after this has returned.
   *
   * @throws IllegalStateException if memory of a batch has been closed
   * @throws DeviceException if the device failed; what was written until then is undefined
   * @throws UnsupportedOperationException if this backend knows no such function, type or layout
   */
  default void map(MapPlan plan) {
    throw new UnsupportedOperationException(name() + " does not know " + plan);
  }

  /**
   * Returns Σ f(x<sub>i</sub>) of each vector, or Σ f(x<sub>i</sub>) · w<sub>i</sub> where there is
   * a second operand w; nothing is written. It throws what {@link #map} does.
   */
  default PairSums sum(MapPlan plan) {
    throw new UnsupportedOperationException(name() + " does not know " + plan);
  }

  /**
   * Executes a plan and then writes a function of the same vectors, whose coefficients follow from
   * the result: for some vectors at a time where they are then read from memory once. The plan has
   * no scales. It throws what {@link #run} and {@link #map} do.
   */
  default PlanResult runThenMap(Plan plan, Finisher finisher, MapPlan map) {
    PlanResult reduced = run(plan);
    finisher.finish(reduced, 0, plan.count());
    map(map);
    return reduced;
  }

  /**
   * Runs steps for ranges that together are all vectors of some batches, which have as many, each
   * range with a backend that computes the same as this one: on several threads at once where that
   * is faster, with few enough vectors at a time that they stay in cache from one step to the next.
   */
  default void inBlocks(List<Batch> batches, Steps steps) {
    atOnce(batches, steps);
  }

  /** Runs steps for all vectors at once, with a backend that computes the same as this one. */
  default void atOnce(List<Batch> batches, Steps steps) {
    steps.run(this, 0, Math.toIntExact(batches.get(0).count()));
  }

  /**
   * Reduces many short vectors, one primitive over no scale, where that is faster than to copy them
   * together first. All threads may read them.
   *
   * @return the results as those of {@link #run}, or nothing where they are to be copied together
   */
  default Optional<PairSums> reduceEach(FlatVectors vectors, Primitive primitive) {
    return Optional.empty();
  }

  /**
   * Runs steps for ranges that together are all numbers from 0 to a count, each with a backend that
   * computes the same as this one, on several threads at once where that is faster.
   */
  default void inParallel(int count, Steps steps) {
    steps.run(this, 0, count);
  }

  /**
   * Copies host memory to memory of the device, if this backend has a device.
   *
   * @throws IllegalStateException if the host memory has been closed
   * @throws DeviceException if the device failed, as for want of memory
   */
  default Optional<DeviceMemory> upload(MemorySegment from) {
    return Optional.empty();
  }

  /**
   * Allocates memory of the device; its content is undefined.
   *
   * @throws DeviceException if the device failed, as for want of memory
   * @throws UnsupportedOperationException if this backend has no device
   */
  default DeviceMemory allocate(long bytes) {
    throw new UnsupportedOperationException(name() + " has no memory of its own");
  }

  /**
   * Copies between memories that this backend made, of which none is both read and written; all of
   * them are started before the first is waited for.
   *
   * @throws IllegalStateException if memory has been closed
   * @throws DeviceException if the device failed; what was written until then is undefined
   */
  default void copy(List<DeviceCopy> copies) {
    throw new UnsupportedOperationException(name() + " has no memory of its own");
  }

  /** Tells whether {@link #run} can compute from that memory, because this backend made it. */
  default boolean owns(DeviceMemory memory) {
    return memory.owner().equals(this);
  }

  /** Releases threads and memory, that of every upload too; no call is under way or follows. */
  @Override
  void close();
}
