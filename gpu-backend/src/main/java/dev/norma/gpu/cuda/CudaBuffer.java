package dev.norma.gpu.cuda;

import dev.norma.gpu.Device;
import dev.norma.gpu.Handle;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.Optional;
import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;

/** Memory that kernels see: of the device, or of the host. */
record CudaBuffer(Handle<CUdeviceptr> handle, long byteSize) implements Device.Buffer {
  /** Allocates memory, which is 1 byte at least: the driver knows none of 0 bytes. */
  static CudaBuffer allocate(CudaContext context, long bytes) {
    CUdeviceptr memory = new CUdeviceptr();
    context.run(
        "allocating " + bytes + " bytes", () -> JCudaDriver.cuMemAlloc(memory, Math.max(1, bytes)));
    return new CudaBuffer(
        context.own("buffer", memory, () -> JCudaDriver.cuMemFree(memory)), bytes);
  }

  /** Lets kernels see host memory; the driver refuses what is registered already. */
  static Optional<CudaBuffer> wrap(CudaContext context, MemorySegment host) {
    // The driver is given the address alone: what a Java buffer could hold is no limit.
    Pointer address = Pointer.to(host.asSlice(0, 1).asByteBuffer());
    int status =
        context.status(
            () ->
                JCudaDriver.cuMemHostRegister(
                    address, host.byteSize(), JCudaDriver.CU_MEMHOSTREGISTER_DEVICEMAP));
    if (status != CUresult.CUDA_SUCCESS) {
      return Optional.empty();
    }
    CUdeviceptr seen = new CUdeviceptr();
    Handle<CUdeviceptr> handle =
        context.own("registration", seen, () -> JCudaDriver.cuMemHostUnregister(address));
    status = context.status(() -> JCudaDriver.cuMemHostGetDevicePointer(seen, address, 0));
    if (status != CUresult.CUDA_SUCCESS) {
      handle.close();
      return Optional.empty();
    }
    return Optional.of(new CudaBuffer(handle, host.byteSize()));
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
