package dev.norma.gpu.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.DeviceException;
import dev.norma.gpu.Arguments;
import dev.norma.gpu.Device;
import dev.norma.gpu.Numbers;
import dev.norma.kernels.Program;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What oclgrind is there for: mistakes that were planted are seen. */
@RequiresOpenCl(oclgrind = true)
class OclgrindRunTest {
  /** Sums 32 numbers by kernels of which all but one have a mistake. */
  static final class Sums {
    private static final String SOURCE =
        """
        #define SUM(name, barrier, count, last)                                  \\
          kernel void name(global const double *x, global double *out) {         \\
            local double all[33];                                                \\
            int i = get_local_id(0);                                             \\
            all[i] = x[i + last];                                                \\
            barrier;                                                             \\
            if (i == 0) {                                                        \\
              double sum = 0;                                                    \\
              for (int k = 0; k < count; k++) sum += all[k];                     \\
              out[0] = sum;                                                      \\
            }                                                                    \\
          }
        SUM(right, barrier(CLK_LOCAL_MEM_FENCE), 32, 0)
        SUM(race, , 32, 0)
        SUM(uninitialised, barrier(CLK_LOCAL_MEM_FENCE), 33, 0)
        SUM(bounds, barrier(CLK_LOCAL_MEM_FENCE), 32, 1)
        """;

    private Sums() {}

    public static void main(String[] names) {
      try (Device device = OpenClTests.open("opencl:0", program -> SOURCE);
          Device.Queue queue = device.open();
          Device.Buffer in = Numbers.upload(device, queue, Numbers.upTo(32));
          Device.Buffer out = device.allocate(8)) {
        Device.Kernel kernel = device.kernel(new Program("f64", "sums"), names[0]);
        queue.launch(kernel, 1, 32, new Arguments().add(in).add(out));
        System.out.println(Numbers.download(device, queue, out)[0]);
      }
    }
  }

  /** Passes a number where the kernel takes a buffer. */
  static final class Misuse {
    private Misuse() {}

    public static void main(String[] none) {
      try (Device device = OpenClTests.open("opencl:0", program -> Sums.SOURCE);
          Device.Queue queue = device.open()) {
        Device.Kernel kernel = device.kernel(new Program("f64", "sums"), "right");
        assertThrows(
            DeviceException.class, () -> queue.launch(kernel, 1, 32, new Arguments().add(1)));
      }
    }
  }

  @Test
  void nothingIsSaidOfWhatIsRight() throws Exception {
    assertEquals("", OclgrindRun.report(Sums.class, "right"));
  }

  @ParameterizedTest
  @CsvSource({
    "race, data race at local memory",
    "uninitialised, Uninitialized value",
    "bounds, Invalid read of size 8 at global memory"
  })
  void mistakesOfKernelsAreSeen(String kernel, String words) throws Exception {
    String report = OclgrindRun.report(Sums.class, kernel);
    assertTrue(report.contains(words), () -> words + " is not in: " + report);
    assertTrue(report.contains("Kernel: " + kernel), report);
  }

  @Test
  void misuseOfTheApiIsSeen() throws Exception {
    String report = OclgrindRun.report(Misuse.class);
    assertTrue(report.contains("CL_INVALID_ARG_SIZE"), report);
  }

  @Test
  void aProgramThatFailsIsNotTakenForOneThatIsRight() {
    AssertionError error =
        assertThrows(AssertionError.class, () -> OclgrindRun.report(Sums.class, "none_such"));
    List<String> words = List.of("ended with code 1", "CL_INVALID_KERNEL_NAME", "Oclgrind");
    assertTrue(words.stream().allMatch(error.getMessage()::contains), () -> words + ": " + error);
  }
}
