package dev.norma.gpu;

import dev.norma.gpu.opencl.RequiresOpenCl;
import org.junit.jupiter.api.Test;

/** By OpenCL, where a device says that it is no CPU: it has the kernels of GPUs. */
@RequiresOpenCl
class SmallDeviceShortRowsTest {
  @Test
  void haveTheGradientsOfTheCpu() {
    ShortGradients.check(SmallDeviceProvider.NAME);
  }
}
