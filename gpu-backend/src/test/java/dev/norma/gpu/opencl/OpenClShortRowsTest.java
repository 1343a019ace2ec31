package dev.norma.gpu.opencl;

import dev.norma.gpu.ShortGradients;
import dev.norma.gpu.ShortRows;
import org.junit.jupiter.api.Test;

@RequiresOpenCl
class OpenClShortRowsTest {
  @Test
  void haveTheBitsOfTheCpu() {
    ShortRows.check("opencl:0");
  }

  @Test
  void soHaveTheirGradients() {
    ShortGradients.check("opencl:0");
  }
}
