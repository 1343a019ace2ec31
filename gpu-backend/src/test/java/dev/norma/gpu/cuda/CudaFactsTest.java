package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.gpu.Limits;
import dev.norma.gpu.Listing;
import dev.norma.gpu.cuda.CudaDevices.Found;
import dev.norma.kernels.KernelSource;
import dev.norma.spi.Probe;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is made of what drivers say; of devices that nobody has here. */
class CudaFactsTest {
  private static final String A100 = "A100, compute capability 8.0, driver of CUDA 12.4, 1.5 GiB";

  private static DeviceFacts facts(int major, int minor, boolean prohibited) {
    return new DeviceFacts("A100", 12040, major, minor, 3L << 29, prohibited);
  }

  private static List<Probe> probes(DeviceFacts... facts) {
    List<Found> found = Stream.of(facts).map(fact -> new Found(null, fact)).toList();
    return probes(new Listing<>(found, List.of()));
  }

  private static List<Probe> probes(Listing<Found> listing) {
    return new CudaProvider(() -> listing, KernelSource::ptx).probe();
  }

  @Test
  void devicesAreNumberedAndPreferredToThoseOfOpenCl() {
    assertEquals(
        List.of(new Probe("cuda:0", true, A100, 30), new Probe("cuda:1", true, A100, 30)),
        probes(facts(8, 0, false), facts(8, 0, false)));
  }

  @Test
  void aDeviceThatCannotComputeNormsSaysWhy() {
    assertEquals(
        List.of(
            new Probe(
                "cuda:0",
                false,
                "A100, compute capability 3.7, driver of CUDA 12.4, 1.5 GiB: the device is too"
                    + " old; compute capability 5.0 is needed",
                -10)),
        probes(facts(3, 7, false)));
    String prohibited = probes(facts(8, 0, true)).get(0).detail();
    assertTrue(prohibited.endsWith("allow it by nvidia-smi --compute-mode=0"), prohibited);
    assertEquals(Optional.empty(), facts(5, 0, false).refusal());
  }

  @Test
  void limitsAreTakenOver() {
    Limits limits = facts(8, 0, false).limits("cuda:7");
    assertEquals(new Limits("cuda:7", A100, 3L << 29, 3L << 29, 256, false, true, false), limits);
  }

  @Test
  void problemsAreToldAfterTheDevices() {
    Found found = new Found(null, facts(8, 0, false));
    List<Probe> probes = probes(new Listing<>(List.of(found), List.of("device 1 is lost")));
    assertEquals(new Probe("cuda:1", false, "device 1 is lost", -10), probes.get(1));
    assertFalse(probes(Listing.none("no driver")).get(0).available());
  }
}
