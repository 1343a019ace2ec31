package dev.norma.gpu.cuda;

import dev.norma.gpu.Device;
import dev.norma.gpu.Handle;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import jcuda.Pointer;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;

/**
 * Memory of the host that the system keeps where it is: only from and to such memory do copies run
 * beside everything else, at the full speed of the bus.
 */
final class CudaStaging implements Device.Staging {
  private final Handle<Pointer> handle;
  private final MemorySegment memory;

  private CudaStaging(Handle<Pointer> handle, long bytes) {
    this.handle = handle;
    this.memory = MemorySegment.ofBuffer(handle.get().getByteBuffer()).asSlice(0, bytes);
  }

  /** Allocates memory. */
  static CudaStaging of(CudaContext context, long bytes) {
    if (bytes > Integer.MAX_VALUE) {
      throw context
          .calls()
          .failure("allocating host memory of 2 GiB or more", CUresult.CUDA_ERROR_OUT_OF_MEMORY);
    }
    Pointer memory = new Pointer();
    context.run(
        "allocating host memory of " + bytes + " bytes",
        () -> JCudaDriver.cuMemAllocHost(memory, Math.max(1, bytes)));
    return new CudaStaging(
        context.own("host memory", memory, () -> JCudaDriver.cuMemFreeHost(memory)), bytes);
  }

  @Override
  public MemorySegment memory() {
    handle.get();
    return memory;
  }

  /** Returns what the driver copies from or to. */
  Pointer pointer(long bytes) {
    Objects.checkFromIndexSize(0, bytes, memory.byteSize());
    return handle.get();
  }

  @Override
  public void close() {
    handle.close();
  }
}
