package dev.norma.gpu.opencl;

import dev.norma.gpu.Device;
import dev.norma.gpu.Handle;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.cl_command_queue;
import org.jocl.cl_mem;

/**
 * Memory of the host that the driver allocates: for a GPU it is pinned, and copies from and to it
 * run beside everything else at the full speed of the bus.
 */
final class OpenClStaging implements Device.Staging {
  private final Handle<cl_mem> handle;
  private final Handle<cl_command_queue> queue;
  private final ByteBuffer mapped;
  private final MemorySegment memory;

  private OpenClStaging(
      Handle<cl_mem> handle, Handle<cl_command_queue> queue, ByteBuffer mapped, long bytes) {
    this.handle = handle;
    this.queue = queue;
    this.mapped = mapped;
    this.memory = MemorySegment.ofBuffer(mapped).asSlice(0, bytes);
  }

  /** Allocates memory; a queue maps it. */
  static OpenClStaging of(OpenClContext context, Handle<cl_command_queue> queue, long bytes) {
    String operation = "allocating host memory of";
    if (bytes > Integer.MAX_VALUE) {
      throw context.calls().failure(operation + " 2 GiB or more", CL.CL_INVALID_BUFFER_SIZE);
    }
    Handle<cl_mem> handle = context.buffer(operation, CL.CL_MEM_ALLOC_HOST_PTR, bytes, null);
    try {
      return new OpenClStaging(handle, queue, map(context, queue, handle, bytes), bytes);
    } catch (RuntimeException e) {
      handle.close();
      throw e;
    }
  }

  private static ByteBuffer map(
      OpenClContext context, Handle<cl_command_queue> queue, Handle<cl_mem> handle, long bytes) {
    long flags = CL.CL_MAP_READ | CL.CL_MAP_WRITE;
    long size = Math.max(1, bytes);
    return context
        .calls()
        .allocate(
            "mapping host memory",
            status ->
                CL.clEnqueueMapBuffer(
                    queue.get(), handle.get(), true, flags, 0, size, 0, null, null, status));
  }

  @Override
  public MemorySegment memory() {
    handle.get();
    return memory;
  }

  /** Returns what the driver copies from or to. */
  Pointer pointer(long bytes) {
    Objects.checkFromIndexSize(0, bytes, memory().byteSize());
    return Pointer.to(mapped);
  }

  @Override
  public void close() {
    if (handle.isOpen()) {
      Calls.status(() -> Copies.unmap(queue.get(), handle.get(), mapped));
      Calls.status(() -> CL.clFlush(queue.get())); // the memory is freed only when that is done
      handle.close();
    }
  }
}
