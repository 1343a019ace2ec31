package dev.norma.gpu.opencl;

import dev.norma.gpu.ShortRows;
import org.junit.jupiter.api.Test;

@RequiresOpenCl
class OpenClShortRowsTest {
  @Test
  void haveTheBitsOfTheCpu() {
    ShortRows.check("opencl:0");
  }
}
