package dev.norma.gpu;

import dev.norma.gpu.opencl.OpenClTests;
import dev.norma.gpu.opencl.RequiresOpenCl;
import dev.norma.kernels.KernelSource;

@RequiresOpenCl
class FaultTest extends DeviceFaults {
  FaultTest() {
    super(() -> OpenClTests.open("opencl:0", KernelSource::openCl));
  }
}
