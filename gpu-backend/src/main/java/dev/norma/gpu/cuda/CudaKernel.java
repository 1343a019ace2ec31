package dev.norma.gpu.cuda;

import dev.norma.gpu.Arguments;
import dev.norma.gpu.Device;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import jcuda.Pointer;
import jcuda.driver.CUfunction;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;

/** A function of a program. */
record CudaKernel(String name, CudaContext context, CUfunction function) implements Device.Kernel {
  /** Starts the kernel on a stream. */
  void start(CUstream stream, long groups, int groupSize, Arguments arguments) {
    String operation = "starting " + name;
    if (groups > Integer.MAX_VALUE) {
      throw context
          .calls()
          .failure(operation + " in " + groups + " groups", CUresult.CUDA_ERROR_INVALID_VALUE);
    }
    try (Arena arena = Arena.ofConfined()) {
      Pointer values = values(arguments.values(), arena);
      context.run(
          operation,
          () ->
              JCudaDriver.cuLaunchKernel(
                  function, (int) groups, 1, 1, groupSize, 1, 1, 0, stream, values, null));
    }
  }

  /** Numbers lie in memory that no collection moves, which a launch that waits would hold up. */
  private static Pointer values(List<Object> values, Arena arena) {
    MemorySegment numbers = arena.allocate((long) Long.BYTES * values.size(), Long.BYTES);
    Pointer all = Pointer.to(numbers.asByteBuffer());
    Pointer[] pointers = new Pointer[values.size()];
    for (int i = 0; i < pointers.length; i++) {
      pointers[i] =
          values.get(i) instanceof CudaBuffer buffer
              ? Pointer.to(buffer.handle().get())
              : all.withByteOffset(put(numbers, (long) Long.BYTES * i, values.get(i)));
    }
    return Pointer.to(pointers);
  }

  /** Returns where it put a number. */
  private static long put(MemorySegment numbers, long at, Object value) {
    if (value instanceof Integer number) {
      numbers.set(ValueLayout.JAVA_INT, at, number);
    } else if (value instanceof Long number) {
      numbers.set(ValueLayout.JAVA_LONG, at, number);
    } else {
      numbers.set(ValueLayout.JAVA_DOUBLE, at, (Double) value);
    }
    return at;
  }
}
