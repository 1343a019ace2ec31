package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.Batch;
import dev.norma.Norm;
import dev.norma.Norma;
import dev.norma.conformance.BackendConformance;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every batch is split over two devices. */
@RequiresCuda
class SeveralCudaDevicesConformanceTest extends BackendConformance {
  SeveralCudaDevicesConformanceTest() {
    super("cuda");
  }

  @Test
  void bothDevicesCompute() {
    try (Norma norma = Norma.open("cuda")) {
      String ran = norma.norms(List.of(Norm.L2), Batch.rows(new float[6], 2, 3)).backend();
      assertEquals("cuda:0+cuda:1", ran);
    }
  }
}
