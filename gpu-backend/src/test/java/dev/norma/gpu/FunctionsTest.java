package dev.norma.gpu;

import dev.norma.Elements;
import dev.norma.gpu.opencl.OpenClTests;
import dev.norma.gpu.opencl.RequiresOpenCl;
import dev.norma.kernels.KernelSource;
import dev.norma.spi.Backend;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Functions of elements by OpenCL, in all layouts: on a device that is as it is, and on one to
 * which everything comes in small pieces, and that takes subnormal binary32 numbers for zero.
 */
@RequiresOpenCl
class FunctionsTest extends FunctionBits {
  FunctionsTest() {
    super(
        IntStream.range(0, MapShapes.alike(Elements.of(new float[MapShapes.ELEMENTS])).size())
            .toArray());
  }

  @Override
  List<Backend> open() {
    return List.of(
        new GpuBackend(OpenClTests.open("opencl:0", KernelSource::openCl)),
        new SmallDeviceProvider().open(SmallDeviceProvider.NAME));
  }
}
