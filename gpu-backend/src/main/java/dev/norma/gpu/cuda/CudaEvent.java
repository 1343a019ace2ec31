package dev.norma.gpu.cuda;

import dev.norma.gpu.Device;
import dev.norma.gpu.Handle;
import jcuda.driver.CUevent;
import jcuda.driver.CUevent_flags;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;

/**
 * A point in the work of a stream.
 *
 * @param last what was started before it, for messages
 */
record CudaEvent(CudaContext context, Handle<CUevent> handle, String last) implements Device.Event {
  /** Marks what a stream was given so far. */
  static CudaEvent of(CudaContext context, CUstream stream, String last) {
    CUevent event = new CUevent();
    context.run(
        "making an event",
        () -> JCudaDriver.cuEventCreate(event, CUevent_flags.CU_EVENT_DISABLE_TIMING));
    CudaEvent made =
        new CudaEvent(
            context, context.own("event", event, () -> JCudaDriver.cuEventDestroy(event)), last);
    try {
      context.run("marking what is done", () -> JCudaDriver.cuEventRecord(event, stream));
      return made;
    } catch (RuntimeException e) {
      made.close();
      throw e;
    }
  }

  @Override
  public void await() {
    CUevent event = handle.get();
    context.run(last, () -> JCudaDriver.cuEventSynchronize(event));
  }

  @Override
  public void close() {
    handle.close();
  }
}
