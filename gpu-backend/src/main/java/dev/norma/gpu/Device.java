package dev.norma.gpu;

import dev.norma.kernels.Program;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * What a device can do, whatever it is programmed by: all that stands above this interface is the
 * same for OpenCL and CUDA. Safe for use by many threads. Every method throws {@link
 * dev.norma.DeviceException}, which names device and cause, where the device fails.
 */
public interface Device extends AutoCloseable {
  /** Returns what the device is and how much it holds. */
  Limits limits();

  /** Allocates memory of the device; of 0 bytes too. Its content is undefined. */
  Buffer allocate(long bytes);

  /**
   * Makes native host memory readable by kernels without a copy, where device and host share their
   * memory. The host memory stays alive and unchanged until the buffer is closed.
   */
  Optional<Buffer> wrap(MemorySegment host);

  /** Allocates host memory from which and to which the device copies fastest. */
  Staging stage(long bytes);

  /**
   * Returns a kernel of a program, which is built when it is first asked for.
   *
   * @throws dev.norma.DeviceException with the compiler's log if it cannot be built
   */
  Kernel kernel(Program program, String name);

  /** Opens a queue. */
  Queue open();

  /** Releases the device with all programs; queues, buffers and staging are closed before. */
  @Override
  void close();

  /** Memory that kernels read and write. */
  interface Buffer extends AutoCloseable {
    /** Returns the size in bytes. */
    long byteSize();

    /** Releases the memory; no work with it is under way. Again, it does nothing. */
    @Override
    void close();
  }

  /** Host memory for copies to and from the device. */
  interface Staging extends AutoCloseable {
    /** Returns the memory, aligned to at least 8 bytes. */
    MemorySegment memory();

    /** Releases the memory; no copy is under way. Again, it does nothing. */
    @Override
    void close();
  }

  /** A point in the work of a queue. */
  interface Event extends AutoCloseable {
    /**
     * Waits until it is reached.
     *
     * @throws dev.norma.DeviceException if what came before it in its queue failed, or it is not
     *     known whether it was reached
     */
    void await();

    /** Lets go of the event; what waits for it goes on waiting. Again, it does nothing. */
    @Override
    void close();
  }

  /** A function that runs on the device. */
  interface Kernel {}

  /** Work for the device, done in the order in which it was given. Used by one thread at a time. */
  interface Queue extends AutoCloseable {
    /** Copies the first {@code bytes} of staging memory to a buffer; returns before it is done. */
    void write(Staging from, long bytes, Buffer to, long offset);

    /** Copies from a buffer to the first {@code bytes} of staging memory; returns before. */
    void read(Buffer from, long offset, Staging to, long bytes);

    /** Copies from a buffer to another one; returns before it is done. */
    void copy(Buffer from, long fromOffset, Buffer to, long toOffset, long bytes);

    /** Starts {@code groups} groups of {@code groupSize} work-items; returns before they end. */
    void launch(Kernel kernel, long groups, int groupSize, Arguments arguments);

    /** Returns the point at which all that was given to this queue so far is done. */
    Event mark();

    /** Makes all that is given to this queue later wait for an event of another queue. */
    void waitFor(Event event);

    /** Waits until all is done. What failed on the way is thrown here at the latest. */
    void finish();

    /** Releases the queue, after {@link #finish} or a failure. */
    @Override
    void close();
  }
}
