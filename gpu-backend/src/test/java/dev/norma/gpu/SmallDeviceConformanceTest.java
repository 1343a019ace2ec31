package dev.norma.gpu;

import dev.norma.conformance.BackendConformance;
import dev.norma.gpu.opencl.RequiresOpenCl;

@RequiresOpenCl
class SmallDeviceConformanceTest extends BackendConformance {
  SmallDeviceConformanceTest() {
    super(SmallDeviceProvider.NAME);
  }
}
