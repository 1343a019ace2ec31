package dev.norma.cpu;

import dev.norma.conformance.BackendConformance;

class CpuSimdConformanceTest extends BackendConformance {
  CpuSimdConformanceTest() {
    super("cpu-simd");
  }
}
