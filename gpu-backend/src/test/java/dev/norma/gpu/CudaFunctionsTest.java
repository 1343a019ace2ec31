package dev.norma.gpu;

import dev.norma.gpu.cuda.CudaTests;
import dev.norma.gpu.cuda.RequiresCuda;
import dev.norma.kernels.KernelSource;
import dev.norma.spi.Backend;
import java.util.List;

/** Functions of elements by the shipped PTX: rows, chunks of rows, columns, an axis and a list. */
@RequiresCuda
class CudaFunctionsTest extends FunctionBits {
  CudaFunctionsTest() {
    super(0, 1, 2, 6, 10, 15, 20);
  }

  @Override
  List<Backend> open() {
    return List.of(new GpuBackend(CudaTests.open("cuda:0", KernelSource::ptx)));
  }
}
