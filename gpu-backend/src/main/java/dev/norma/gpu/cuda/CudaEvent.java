package dev.norma.gpu.cuda;

import dev.norma.gpu.Device;
import dev.norma.gpu.Handle;
import jcuda.driver.CUevent;
import jcuda.driver.CUevent_flags;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;

/** A point in the work of a stream. */
record CudaEvent(CudaContext context, Handle<CUevent> handle) implements Device.Event {
  /** Marks what a stream was given so far. */
  static CudaEvent of(CudaContext context, CUstream stream) {
    CUevent event = new CUevent();
    context.run(
        "making an event",
        () -> JCudaDriver.cuEventCreate(event, CUevent_flags.CU_EVENT_DISABLE_TIMING));
    CudaEvent made =
        new CudaEvent(
            context, context.own("event", event, () -> JCudaDriver.cuEventDestroy(event)));
    try {
      context.run("marking what is done", () -> JCudaDriver.cuEventRecord(event, stream));
      return made;
    } catch (RuntimeException e) {
      made.close();
      throw e;
    }
  }

  /** What failed before the point is told by the device from then on, and thrown by its queue. */
  @Override
  public void await() {
    CUevent event = handle.get();
    context.status(() -> JCudaDriver.cuEventSynchronize(event));
  }

  @Override
  public void close() {
    handle.close();
  }
}
