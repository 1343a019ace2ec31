package dev.norma.gpu.opencl;

import dev.norma.gpu.Device;
import dev.norma.gpu.Handle;
import org.jocl.cl_event;

/** A marker in a queue. */
final class OpenClEvent implements Device.Event {
  private final OpenClQueue queue;
  private final Handle<cl_event> handle;

  /** Takes charge of a marker in a queue. */
  OpenClEvent(OpenClQueue queue, Handle<cl_event> handle) {
    this.queue = queue;
    this.handle = handle;
  }

  cl_event get() {
    return handle.get();
  }

  /** Returns the queue that the marker is in. */
  OpenClQueue queue() {
    return queue;
  }

  @Override
  public void await() {
    queue.await(handle.get());
  }

  @Override
  public void close() {
    handle.close();
  }
}
