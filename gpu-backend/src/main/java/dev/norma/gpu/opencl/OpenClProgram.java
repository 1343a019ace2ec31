package dev.norma.gpu.opencl;

import dev.norma.gpu.Handle;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jocl.CL;
import org.jocl.cl_device_id;
import org.jocl.cl_kernel;
import org.jocl.cl_program;

/** A program that is built when it is first needed, once whoever asks, and its kernels. */
final class OpenClProgram implements AutoCloseable {
  /** Nothing that trades exactness for speed. */
  private static final String OPTIONS = "-cl-std=CL1.2";

  /**
   * Held while a program is built. When two are at once, PoCL 3.1 now and then loses a file of its
   * cache and fails; it is told to build again, as another process may build, too.
   */
  private static final Object BUILDING = new Object();

  /** While a device compiles what it starts, a build of another can fail more than once. */
  private static final int RETRIES = 3;

  private final OpenClContext context;
  private final String name;
  private final Map<String, OpenClKernel> kernels = new HashMap<>();
  private Handle<cl_program> built;

  /** Names a program for messages. */
  OpenClProgram(OpenClContext context, String name) {
    this.context = context;
    this.name = name;
  }

  /** Returns a kernel of the program, which is built from a source if it has not been. */
  synchronized OpenClKernel kernel(Supplier<String> source, String kernel) {
    if (built == null) {
      built = build(source.get());
    }
    return kernels.computeIfAbsent(kernel, this::create);
  }

  private Handle<cl_program> build(String source) {
    cl_program program =
        context
            .calls()
            .create(
                "making " + name,
                status ->
                    CL.clCreateProgramWithSource(
                        context.handle().get(), 1, new String[] {source}, null, status));
    Handle<cl_program> handle = Handles.of(program);
    try {
      compile(program);
      return handle;
    } catch (RuntimeException e) {
      handle.close();
      throw e;
    }
  }

  private void compile(cl_program program) {
    int status = start(program);
    for (int again = 0; again < RETRIES && status == CL.CL_BUILD_PROGRAM_FAILURE; again++) {
      status = start(program);
    }
    String operation = "building " + name;
    if (status == CL.CL_BUILD_PROGRAM_FAILURE) {
      throw context.calls().refusal(operation, status, log(program));
    }
    if (status != CL.CL_SUCCESS) {
      throw context.calls().failure(operation, status);
    }
  }

  private int start(cl_program program) {
    cl_device_id[] devices = {context.device()};
    synchronized (BUILDING) {
      return Calls.status(() -> CL.clBuildProgram(program, 1, devices, OPTIONS, null, null));
    }
  }

  private String log(cl_program program) {
    return new Query(context.calls())
        .text(
            (bytes, to, needed) ->
                CL.clGetProgramBuildInfo(
                    program, context.device(), CL.CL_PROGRAM_BUILD_LOG, bytes, to, needed));
  }

  private OpenClKernel create(String kernel) {
    cl_kernel created =
        context
            .calls()
            .create(
                "making the kernel " + kernel + " of " + name,
                status -> CL.clCreateKernel(built.get(), kernel, status));
    return new OpenClKernel(kernel + " of " + name, context.calls(), Handles.of(created));
  }

  @Override
  public synchronized void close() {
    kernels.values().forEach(kernel -> kernel.handle().close());
    if (built != null) {
      built.close();
    }
  }
}
