package dev.norma.gpu;

import dev.norma.gpu.Device.Buffer;
import dev.norma.gpu.Device.Queue;
import dev.norma.gpu.Device.Staging;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/**
 * Queues of a device, with memory on both sides that is kept from one call to the next, since
 * devices take long to allocate. Memory is known by what it is for; a role that asks for more than
 * it has gets new memory, and loses what was in the old. Used by one call at a time, which ends
 * with {@link #finish}.
 */
final class Workspace implements AutoCloseable {
  private static final long SMALLEST = 256;

  private final Device device;
  private final Queue queue;
  private Queue copies;
  private final Map<String, Buffer> buffers = new HashMap<>();
  private final Map<String, Staging> stagings = new HashMap<>();

  Workspace(Device device) {
    this.device = device;
    this.queue = device.open();
  }

  Device device() {
    return device;
  }

  Queue queue() {
    return queue;
  }

  /** Returns a second queue, for copies beside the kernels. */
  Queue copies() {
    if (copies == null) {
      copies = device.open();
    }
    return copies;
  }

  /** Waits until all queues are done; what the copies failed at is thrown first. */
  void finish() {
    if (copies != null) {
      copies.finish();
    }
    queue.finish();
  }

  /** Returns memory of the device for a role, of at least so many bytes. */
  Buffer buffer(String role, long bytes) {
    return grow(buffers, role, bytes, Buffer::byteSize, device::allocate, Buffer::close);
  }

  /** Returns host memory for a role, of at least so many bytes. */
  Staging staging(String role, long bytes) {
    return grow(stagings, role, bytes, s -> s.memory().byteSize(), device::stage, Staging::close);
  }

  private <T> T grow(
      Map<String, T> all,
      String role,
      long bytes,
      ToLongFunction<T> size,
      LongFunction<T> make,
      Consumer<T> close) {
    T old = all.get(role);
    if (old != null && size.applyAsLong(old) >= bytes) {
      return old;
    }
    if (old != null) {
      finish(); // what is under way may use it
      all.remove(role);
      close.accept(old);
    }
    T made = make.apply(Math.max(SMALLEST, bytes));
    all.put(role, made);
    return made;
  }

  /** Copies an array to the device. The memory of this role is not written twice in one call. */
  Buffer put(String role, MemorySegment array) {
    Buffer buffer = buffer(role, array.byteSize());
    if (array.byteSize() > 0) {
      Staging staging = staging(role, array.byteSize());
      staging.memory().copyFrom(array);
      queue.write(staging, array.byteSize(), buffer, 0);
    }
    return buffer;
  }

  Buffer put(String role, long... array) {
    return put(role, MemorySegment.ofArray(array));
  }

  Buffer put(String role, int... array) {
    return put(role, MemorySegment.ofArray(array));
  }

  Buffer put(String role, double... array) {
    return put(role, MemorySegment.ofArray(array));
  }

  /** Waits until all queues are done after a failure, to which it adds what else failed. */
  void finish(Throwable failure) {
    if (copies != null) {
      attempt(copies::finish, failure);
    }
    attempt(queue::finish, failure);
  }

  /** Closes what a call has left behind that failed. */
  void abandon(Throwable failure) {
    finish(failure); // nothing may still write to what is released
    attempt(this::close, failure);
  }

  private static void attempt(Runnable step, Throwable failure) {
    try {
      step.run();
    } catch (RuntimeException e) {
      if (!e.equals(failure)) {
        failure.addSuppressed(e);
      }
    }
  }

  @Override
  public void close() {
    buffers.values().forEach(Buffer::close);
    buffers.clear();
    stagings.values().forEach(Staging::close);
    stagings.clear();
    if (copies != null) {
      copies.close();
    }
    queue.close();
  }
}
