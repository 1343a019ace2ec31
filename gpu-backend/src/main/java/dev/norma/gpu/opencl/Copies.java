package dev.norma.gpu.opencl;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.cl_command_queue;
import org.jocl.cl_event;
import org.jocl.cl_mem;

/**
 * Copies that return before they are done, and the end of a mapping. JOCL's own start a thread for
 * each one, which waits for its end to let the host memory go; some drivers spin while they wait,
 * and oclgrind, which stands no second thread, crashes now and then. Here the staging memory lives
 * longer than the copy anyway, so that what JOCL does below that is called.
 */
final class Copies {
  private static final MethodType COPY =
      MethodType.methodType(
          int.class,
          cl_command_queue.class,
          cl_mem.class,
          boolean.class,
          long.class,
          long.class,
          Pointer.class,
          int.class,
          cl_event[].class,
          cl_event.class);

  private static final MethodHandle WRITE = find("clEnqueueWriteBufferNative", COPY);
  private static final MethodHandle READ = find("clEnqueueReadBufferNative", COPY);
  private static final MethodHandle UNMAP =
      find(
          "clEnqueueUnmapMemObjectNative",
          MethodType.methodType(
              int.class,
              cl_command_queue.class,
              cl_mem.class,
              ByteBuffer.class,
              int.class,
              cl_event[].class,
              cl_event.class));

  private Copies() {}

  private static MethodHandle find(String name, MethodType type) {
    try {
      return MethodHandles.privateLookupIn(CL.class, MethodHandles.lookup())
          .findStatic(CL.class, name, type);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("this is not the JOCL that it was written for", e);
    }
  }

  /** Starts a copy to a buffer and returns the status. */
  static int write(
      cl_command_queue queue, Pointer from, cl_mem to, long offset, long bytes, cl_event event) {
    return call(WRITE, queue, to, offset, bytes, from, event);
  }

  /** Starts a copy from a buffer and returns the status. */
  static int read(
      cl_command_queue queue, cl_mem from, long offset, Pointer to, long bytes, cl_event event) {
    return call(READ, queue, from, offset, bytes, to, event);
  }

  /** Starts to end a mapping, of memory that is not used any more, and returns the status. */
  static int unmap(cl_command_queue queue, cl_mem memory, ByteBuffer mapped) {
    try {
      return (int) UNMAP.invokeExact(queue, memory, mapped, 0, (cl_event[]) null, (cl_event) null);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError("a native method threw what it does not declare", e);
    }
  }

  private static int call(
      MethodHandle copy,
      cl_command_queue queue,
      cl_mem buffer,
      long offset,
      long bytes,
      Pointer host,
      cl_event event) {
    try {
      return (int)
          copy.invokeExact(
              queue, buffer, CL.CL_NON_BLOCKING, offset, bytes, host, 0, (cl_event[]) null, event);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError("a native method threw what it does not declare", e);
    }
  }
}
