package dev.norma.gpu.opencl;

import dev.norma.gpu.Device;
import dev.norma.gpu.Handle;
import org.jocl.CL;
import org.jocl.cl_event;

/** A marker in a queue. */
final class OpenClEvent implements Device.Event {
  private final Handle<cl_event> handle;

  /** Takes charge of a marker. */
  OpenClEvent(Handle<cl_event> handle) {
    this.handle = handle;
  }

  cl_event get() {
    return handle.get();
  }

  /** What failed before the marker is kept, and thrown, by its queue. */
  @Override
  public void await() {
    Calls.status(() -> CL.clWaitForEvents(1, new cl_event[] {handle.get()}));
  }

  @Override
  public void close() {
    handle.close();
  }
}
