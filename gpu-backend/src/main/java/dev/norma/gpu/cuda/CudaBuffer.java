package dev.norma.gpu.cuda;

import dev.norma.gpu.Device;
import dev.norma.gpu.Handle;
import java.util.Objects;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.JCudaDriver;

/** Memory of the device. */
record CudaBuffer(Handle<CUdeviceptr> handle, long byteSize) implements Device.Buffer {
  /** Allocates memory, which is 1 byte at least: the driver knows none of 0 bytes. */
  static CudaBuffer allocate(CudaContext context, long bytes) {
    CUdeviceptr memory = new CUdeviceptr();
    context.run(
        "allocating " + bytes + " bytes", () -> JCudaDriver.cuMemAlloc(memory, Math.max(1, bytes)));
    return new CudaBuffer(
        context.own("buffer", memory, () -> JCudaDriver.cuMemFree(memory)), bytes);
  }

  /** Returns the address of some bytes. */
  CUdeviceptr address(long offset, long bytes) {
    Objects.checkFromIndexSize(offset, bytes, byteSize);
    return handle.get().withByteOffset(offset);
  }

  @Override
  public void close() {
    handle.close();
  }
}
