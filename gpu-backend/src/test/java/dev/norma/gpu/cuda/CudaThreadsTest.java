package dev.norma.gpu.cuda;

import dev.norma.gpu.Device;
import dev.norma.gpu.DeviceThreads;
import dev.norma.kernels.Program;
import java.util.function.Function;

@RequiresCuda
class CudaThreadsTest extends DeviceThreads {
  @Override
  protected Device open(Function<Program, String> programs) {
    return CudaTests.open("cuda:0", programs);
  }

  @Override
  protected String text() {
    return TestPtx.ARITHMETIC;
  }
}
