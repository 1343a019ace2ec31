package dev.norma.gpu.opencl;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jocl.CL;
import org.jocl.NativePointerObject;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_event;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import org.jocl.cl_program;

/** An object of the driver, released once. How many there are is counted for each kind. */
final class Handle<T extends NativePointerObject> implements AutoCloseable {
  /** What an object of the driver is. */
  enum Kind {
    CONTEXT,
    QUEUE,
    BUFFER,
    EVENT,
    PROGRAM,
    KERNEL
  }

  private static final Map<Kind, Long> LIVE = new ConcurrentHashMap<>();

  private final Kind kind;
  private final T object;
  private final AtomicBoolean open = new AtomicBoolean(true);

  /** Takes charge of an object that was just created. */
  Handle(Kind kind, T object) {
    this.kind = kind;
    this.object = object;
    LIVE.merge(kind, 1L, Long::sum);
  }

  /** Returns how many objects of a kind there are in this process. */
  static long live(Kind kind) {
    return LIVE.getOrDefault(kind, 0L);
  }

  /**
   * Returns the object.
   *
   * @throws IllegalStateException if it has been released: the driver would crash
   */
  T get() {
    if (!open.get()) {
      throw new IllegalStateException("the OpenCL " + kind + " has been closed");
    }
    return object;
  }

  /** Returns whether it has not been released. */
  boolean isOpen() {
    return open.get();
  }

  /**
   * Releases the object. Again, it does nothing. An error is of no use here: what broke the device
   * was thrown before.
   */
  @Override
  public void close() {
    if (open.compareAndSet(true, false)) {
      LIVE.merge(kind, -1L, Long::sum);
      Calls.status(this::release);
    }
  }

  private int release() {
    return switch (kind) {
      case CONTEXT -> CL.clReleaseContext((cl_context) object);
      case QUEUE -> CL.clReleaseCommandQueue((cl_command_queue) object);
      case BUFFER -> CL.clReleaseMemObject((cl_mem) object);
      case EVENT -> CL.clReleaseEvent((cl_event) object);
      case PROGRAM -> CL.clReleaseProgram((cl_program) object);
      case KERNEL -> CL.clReleaseKernel((cl_kernel) object);
    };
  }
}
