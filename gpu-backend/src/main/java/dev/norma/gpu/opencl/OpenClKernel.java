package dev.norma.gpu.opencl;

import dev.norma.gpu.Arguments;
import dev.norma.gpu.Device;
import dev.norma.gpu.Handle;
import java.util.List;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_command_queue;
import org.jocl.cl_event;
import org.jocl.cl_kernel;

/** A function of a program. */
record OpenClKernel(String name, Calls calls, Handle<cl_kernel> handle) implements Device.Kernel {
  /** Starts the kernel on a queue and returns the event of its end. */
  cl_event start(cl_command_queue queue, long groups, int groupSize, Arguments arguments) {
    long[] global = {Math.multiplyExact(groups, groupSize)};
    long[] local = {groupSize};
    cl_event event = new cl_event();
    // The arguments are a state of the kernel: no other thread sets its own in between.
    synchronized (handle) {
      set(arguments.values());
      calls.run(
          "starting " + name,
          () ->
              CL.clEnqueueNDRangeKernel(
                  queue, handle.get(), 1, null, global, local, 0, null, event));
    }
    return event;
  }

  private void set(List<Object> values) {
    for (int i = 0; i < values.size(); i++) {
      set(i, values.get(i));
    }
  }

  private void set(int index, Object value) {
    if (value instanceof OpenClBuffer buffer) {
      set(index, Sizeof.cl_mem, Pointer.to(buffer.handle().get()));
    } else if (value instanceof Integer number) {
      set(index, Sizeof.cl_int, Pointer.to(new int[] {number}));
    } else if (value instanceof Long number) {
      set(index, Sizeof.cl_long, Pointer.to(new long[] {number}));
    } else {
      set(index, Sizeof.cl_double, Pointer.to(new double[] {(Double) value}));
    }
  }

  private void set(int index, long bytes, Pointer value) {
    calls.run(
        "passing argument " + index + " to " + name,
        () -> CL.clSetKernelArg(handle.get(), index, bytes, value));
  }
}
