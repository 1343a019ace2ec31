package dev.norma.gpu.opencl;

import dev.norma.gpu.Device;
import dev.norma.gpu.DeviceThreads;
import dev.norma.kernels.Program;
import java.util.function.Function;

@RequiresOpenCl
class OpenClThreadsTest extends DeviceThreads {
  @Override
  protected Device open(Function<Program, String> programs) {
    return OpenClTests.open("opencl:0", programs);
  }

  @Override
  protected String text() {
    return OpenClDeviceTest.SOURCE;
  }
}
