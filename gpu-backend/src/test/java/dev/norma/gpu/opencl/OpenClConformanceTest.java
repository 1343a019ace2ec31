package dev.norma.gpu.opencl;

import dev.norma.conformance.BackendConformance;

@RequiresOpenCl
class OpenClConformanceTest extends BackendConformance {
  OpenClConformanceTest() {
    super("opencl:0");
  }
}
