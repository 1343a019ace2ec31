package dev.norma.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.Batch;
import dev.norma.Norm;
import dev.norma.Norma;
import dev.norma.conformance.BackendConformance;
import dev.norma.gpu.opencl.RequiresOpenCl;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every batch is split over two devices. */
@RequiresOpenCl(devices = 2)
class SeveralDevicesConformanceTest extends BackendConformance {
  SeveralDevicesConformanceTest() {
    super("opencl");
  }

  @Test
  void bothDevicesCompute() {
    try (Norma norma = Norma.open("opencl")) {
      String ran = norma.norms(List.of(Norm.L2), Batch.rows(new float[6], 2, 3)).backend();
      assertEquals("opencl:0+opencl:1", ran);
    }
  }
}
