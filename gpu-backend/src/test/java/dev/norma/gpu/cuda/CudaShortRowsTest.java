package dev.norma.gpu.cuda;

import dev.norma.gpu.ShortGradients;
import dev.norma.gpu.ShortRows;
import org.junit.jupiter.api.Test;

@RequiresCuda
class CudaShortRowsTest {
  @Test
  void haveTheBitsOfTheCpu() {
    ShortRows.check("cuda:0");
  }

  @Test
  void soHaveTheirGradients() {
    ShortGradients.check("cuda:0");
  }
}
