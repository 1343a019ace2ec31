package dev.norma.gpu.cuda;

import dev.norma.gpu.DeviceFaults;
import dev.norma.kernels.KernelSource;

@RequiresCuda
class CudaFlowFaultTest extends DeviceFaults {
  CudaFlowFaultTest() {
    super(() -> CudaTests.open("cuda:0", KernelSource::ptx));
  }
}
