package dev.norma.gpu.cuda;

import dev.norma.gpu.FunctionFaults;
import dev.norma.kernels.KernelSource;

@RequiresCuda
class CudaFunctionFaultTest extends FunctionFaults {
  CudaFunctionFaultTest() {
    super(() -> CudaTests.open("cuda:0", KernelSource::ptx));
  }
}
