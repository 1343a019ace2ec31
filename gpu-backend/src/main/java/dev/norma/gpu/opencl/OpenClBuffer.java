package dev.norma.gpu.opencl;

import dev.norma.gpu.Device;
import dev.norma.gpu.Handle;
import org.jocl.cl_mem;

/** Memory of a device. */
record OpenClBuffer(Handle<cl_mem> handle, long byteSize) implements Device.Buffer {
  @Override
  public void close() {
    handle.close();
  }
}
