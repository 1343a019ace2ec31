package dev.norma.cpu;

import dev.norma.conformance.BackendConformance;

class CpuScalarConformanceTest extends BackendConformance {
  CpuScalarConformanceTest() {
    super("cpu-scalar");
  }
}
