package dev.norma.gpu.cuda;

import dev.norma.gpu.Handle;
import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import jcuda.Pointer;
import jcuda.driver.CUfunction;
import jcuda.driver.CUjit_option;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;
import jcuda.driver.JITOptions;

/** A program that is built when it is first needed, once whoever asks, and its kernels. */
final class CudaProgram implements AutoCloseable {
  private static final int LONGEST_LOG = 1 << 14;

  /** What is wrong with the text, or with what should compile it. */
  private static final Set<Integer> REFUSALS =
      Set.of(
          CUresult.CUDA_ERROR_INVALID_IMAGE,
          CUresult.CUDA_ERROR_NO_BINARY_FOR_GPU,
          CUresult.CUDA_ERROR_INVALID_PTX,
          CUresult.CUDA_ERROR_JIT_COMPILER_NOT_FOUND,
          CUresult.CUDA_ERROR_UNSUPPORTED_PTX_VERSION,
          CUresult.CUDA_ERROR_JIT_COMPILATION_DISABLED,
          CUresult.CUDA_ERROR_INVALID_SOURCE);

  private final CudaContext context;
  private final String name;
  private final Map<String, CudaKernel> kernels = new HashMap<>();
  private Handle<CUmodule> built;

  /** Names a program for messages. */
  CudaProgram(CudaContext context, String name) {
    this.context = context;
    this.name = name;
  }

  /** Returns a kernel of the program, which is built from PTX if it has not been. */
  synchronized CudaKernel kernel(Supplier<String> ptx, String kernel) {
    if (built == null) {
      built = build(ptx.get());
    }
    return kernels.computeIfAbsent(kernel, this::find);
  }

  private Handle<CUmodule> build(String ptx) {
    CUmodule module = new CUmodule();
    JITOptions options = new JITOptions();
    options.putBytes(CUjit_option.CU_JIT_ERROR_LOG_BUFFER, new byte[LONGEST_LOG]);
    options.putInt(CUjit_option.CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES, LONGEST_LOG);
    int status = load(module, ptx, options);
    if (status == CUresult.CUDA_SUCCESS) {
      return context.own("module", module, () -> JCudaDriver.cuModuleUnload(module));
    }
    String operation = "building " + name;
    throw REFUSALS.contains(status)
        ? context
            .calls()
            .refusal(operation, status, options.getString(CUjit_option.CU_JIT_ERROR_LOG_BUFFER))
        : context.calls().failure(operation, status);
  }

  /** The text lies in memory that no collection moves, as compiling may take seconds. */
  private int load(CUmodule module, String ptx, JITOptions options) {
    try (Arena arena = Arena.ofConfined()) {
      Pointer text = Pointer.to(arena.allocateFrom(ptx).asByteBuffer());
      return context.status(() -> JCudaDriver.cuModuleLoadDataJIT(module, text, options));
    }
  }

  private CudaKernel find(String kernel) {
    CUfunction function = new CUfunction();
    context.run(
        "finding the kernel " + kernel + " of " + name,
        () -> JCudaDriver.cuModuleGetFunction(function, built.get(), kernel));
    return new CudaKernel(kernel + " of " + name, context, function);
  }

  @Override
  public synchronized void close() {
    if (built != null) {
      built.close();
    }
  }
}
