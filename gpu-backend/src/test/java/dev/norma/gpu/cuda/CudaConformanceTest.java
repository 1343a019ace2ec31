package dev.norma.gpu.cuda;

import dev.norma.conformance.BackendConformance;

@RequiresCuda
class CudaConformanceTest extends BackendConformance {
  CudaConformanceTest() {
    super("cuda:0");
  }
}
