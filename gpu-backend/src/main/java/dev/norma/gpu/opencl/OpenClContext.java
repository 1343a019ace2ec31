package dev.norma.gpu.opencl;

import dev.norma.gpu.Handle;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_context_properties;
import org.jocl.cl_device_id;
import org.jocl.cl_mem;

/** What all objects of a device are made in. */
record OpenClContext(Calls calls, cl_device_id device, Handle<cl_context> handle) {
  /** Makes the context of a device. */
  static OpenClContext of(Calls calls, OpenClDevices.Found found) {
    cl_context_properties properties = new cl_context_properties();
    properties.addProperty(CL.CL_CONTEXT_PLATFORM, found.platform());
    cl_device_id[] devices = {found.device()};
    cl_context context =
        calls.create(
            "opening the device",
            status -> CL.clCreateContext(properties, 1, devices, null, null, status));
    return new OpenClContext(calls, found.device(), Handles.of(context));
  }

  /** Makes a queue, which does its work in order. */
  @SuppressWarnings("deprecation") // What replaced it in OpenCL 2.0 is unknown to a driver of 1.2.
  Handle<cl_command_queue> queue() {
    cl_command_queue queue =
        calls.create(
            "opening a queue", status -> CL.clCreateCommandQueue(handle.get(), device, 0, status));
    return Handles.of(queue);
  }

  /** Makes a buffer, which is 1 byte at least: the driver knows none of 0 bytes. */
  Handle<cl_mem> buffer(String operation, long flags, long bytes, Pointer host) {
    cl_mem memory =
        calls.allocate(
            operation + " " + bytes + " bytes",
            status -> CL.clCreateBuffer(handle.get(), flags, Math.max(1, bytes), host, status));
    return Handles.of(memory);
  }
}
