package dev.norma.gpu.cuda;

import dev.norma.gpu.Handle;
import java.util.function.IntSupplier;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;

/**
 * What all objects of a device are made in: its primary context, which it shares with whatever else
 * of this process uses the device. Every call is made with this context as the thread's own; the
 * one that the thread had before is put back, as a program that uses CUDA itself relies on it.
 */
final class CudaContext implements AutoCloseable {
  private final Calls calls;
  private final Handle<CUcontext> handle;

  /** Retains the context of a device. */
  CudaContext(Calls calls, CUdevice device) {
    this.calls = calls;
    CUcontext context = new CUcontext();
    calls.run("opening the device", () -> JCudaDriver.cuDevicePrimaryCtxRetain(context, device));
    this.handle =
        new Handle<>(
            "CUDA context",
            context,
            retained -> Calls.status(() -> JCudaDriver.cuDevicePrimaryCtxRelease(device)));
  }

  /** Makes a call. */
  void run(String operation, IntSupplier call) {
    int status = status(call);
    if (status != CUresult.CUDA_SUCCESS) {
      throw calls.failure(operation, status);
    }
  }

  /** Makes a call and returns its status. */
  int status(IntSupplier call) {
    CUcontext own = handle.get();
    CUcontext before = new CUcontext();
    int status = Calls.status(() -> JCudaDriver.cuCtxGetCurrent(before));
    if (status == CUresult.CUDA_SUCCESS && !before.equals(own)) {
      status = Calls.status(() -> JCudaDriver.cuCtxSetCurrent(own));
    }
    if (status != CUresult.CUDA_SUCCESS) {
      return status;
    }
    try {
      return Calls.status(call);
    } finally {
      if (!before.equals(own)) {
        Calls.status(() -> JCudaDriver.cuCtxSetCurrent(before));
      }
    }
  }

  /** Takes charge of an object; what is left when the context goes, goes with it. */
  <T> Handle<T> own(String kind, T object, IntSupplier release) {
    return new Handle<>(
        "CUDA " + kind,
        object,
        released -> {
          if (handle.isOpen()) {
            status(release);
          }
        });
  }

  Calls calls() {
    return calls;
  }

  /** Releases the context, which ends with its last user. */
  @Override
  public void close() {
    handle.close();
  }
}
