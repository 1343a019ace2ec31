package dev.norma.gpu.opencl;

import dev.norma.gpu.Handle;
import java.util.function.ToIntFunction;
import org.jocl.CL;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_event;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import org.jocl.cl_program;

/** Takes charge of objects of the driver that were just created. */
final class Handles {
  private Handles() {}

  static Handle<cl_context> of(cl_context context) {
    return of("context", context, CL::clReleaseContext);
  }

  static Handle<cl_command_queue> of(cl_command_queue queue) {
    return of("queue", queue, CL::clReleaseCommandQueue);
  }

  static Handle<cl_mem> of(cl_mem buffer) {
    return of("buffer", buffer, CL::clReleaseMemObject);
  }

  static Handle<cl_event> of(cl_event event) {
    return of("event", event, CL::clReleaseEvent);
  }

  static Handle<cl_program> of(cl_program program) {
    return of("program", program, CL::clReleaseProgram);
  }

  static Handle<cl_kernel> of(cl_kernel kernel) {
    return of("kernel", kernel, CL::clReleaseKernel);
  }

  private static <T> Handle<T> of(String kind, T object, ToIntFunction<T> release) {
    return new Handle<>(
        "OpenCL " + kind, object, released -> Calls.status(() -> release.applyAsInt(released)));
  }
}
