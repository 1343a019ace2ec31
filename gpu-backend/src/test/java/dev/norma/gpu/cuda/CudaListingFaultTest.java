package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.gpu.Listing;
import dev.norma.gpu.cuda.CudaDevices.Found;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever the driver fails at while devices are looked for, it is told why there is none. */
@RequiresCuda
class CudaListingFaultTest {
  @Test
  void whyThereIsNoDeviceIsTold() {
    int n = 1;
    while (fails(n)) {
      n++;
    }
    assertTrue(n > 10, "only " + n + " calls");
  }

  private static boolean fails(int n) {
    TestDriver.set("devices", 1); // there are two where several are tested
    TestDriver.set("fail_call", n);
    Listing<Found> found = CudaDevices.look();
    boolean failed = TestDriver.report().endsWith(": fails, as the test wants it\n");
    TestDriver.reset();
    if (failed) {
      assertEquals(List.of(), found.devices());
      String problem = String.join("; ", found.problems());
      assertTrue(problem.contains(": CUDA_ERROR_UNKNOWN (unknown error)"), problem);
    } else {
      assertEquals(List.of(), found.problems());
      assertEquals(1, found.devices().size());
    }
    return failed;
  }
}
