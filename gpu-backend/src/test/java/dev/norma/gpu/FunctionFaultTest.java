package dev.norma.gpu;

import dev.norma.gpu.opencl.OpenClTests;
import dev.norma.gpu.opencl.RequiresOpenCl;
import dev.norma.kernels.KernelSource;

@RequiresOpenCl
class FunctionFaultTest extends FunctionFaults {
  FunctionFaultTest() {
    super(() -> OpenClTests.open("opencl:0", KernelSource::openCl));
  }
}
