package dev.norma.gpu;

import dev.norma.ElementType;
import dev.norma.gpu.opencl.RequiresOpenCl;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Derivatives that two devices share, and what is written in memory of both. */
@RequiresOpenCl(devices = 2)
class SeveralDevicesGradientsTest {
  @ParameterizedTest
  @EnumSource(names = {"F64", "F16"})
  void bitsAreThoseOfTheCpu(ElementType type) {
    GradientsTest.check("opencl", type);
  }
}
