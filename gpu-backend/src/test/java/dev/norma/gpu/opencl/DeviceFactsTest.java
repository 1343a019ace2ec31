package dev.norma.gpu.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.gpu.Listing;
import dev.norma.gpu.opencl.OpenClDevices.Found;
import dev.norma.kernels.KernelSource;
import dev.norma.spi.Probe;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jocl.CL;
import org.junit.jupiter.api.Test;

/** What is made of what drivers say; of devices that nobody has here. */
class DeviceFactsTest {
  private static final long DOUBLES = 0x3F;

  private static DeviceFacts facts(long type, String language, long doubles, boolean usable) {
    return facts(type, language, doubles, usable, 256);
  }

  private static DeviceFacts facts(
      long type, String language, long doubles, boolean usable, long group) {
    return facts("CUDA", type, language, doubles, usable, group);
  }

  private static DeviceFacts facts(
      String platform, long type, String language, long doubles, boolean usable, long group) {
    return new DeviceFacts(
        "A100", platform, "1.0", language, type, 7, doubles, usable, 3L << 29, 1 << 29, 64, group,
        false);
  }

  private static DeviceFacts facts(long type) {
    return facts(type, "OpenCL C 1.2 ", DOUBLES, true);
  }

  private static DeviceFacts gpu(String language, long doubles, boolean usable) {
    return facts(CL.CL_DEVICE_TYPE_GPU, language, doubles, usable);
  }

  private static List<Probe> probes(DeviceFacts... facts) {
    List<Found> found = Stream.of(facts).map(fact -> new Found(null, null, fact)).toList();
    return probes(new Listing<>(found, List.of()));
  }

  private static List<Probe> probes(Listing<Found> listing) {
    return new OpenClProvider(() -> listing, () -> Set.of("A100"), KernelSource::openCl).probe();
  }

  private static void assertRefused(String reason, DeviceFacts facts) {
    Probe probe = probes(facts).get(0);
    assertFalse(probe.available(), probe::toString);
    assertTrue(probe.rank() < 0, probe::toString);
    assertEquals(
        "A100 on CUDA, driver 1.0, 1.5 GiB, buffers of up to 0.5 GiB: " + reason, probe.detail());
  }

  @Test
  void aDeviceThatCannotComputeNormsSaysWhy() {
    assertRefused(
        "the device does not compute with 64-bit floating point (fp64)",
        gpu("OpenCL C 1.2 ", 0, true));
    assertRefused(
        "the device's 64-bit floating point is not that of IEEE 754",
        gpu("OpenCL C 1.2 ", DOUBLES & ~CL.CL_FP_FMA, true));
    assertRefused(
        "the device knows OpenCL C 1.1 x; 1.2 is needed", gpu("OpenCL C 1.1 x", DOUBLES, true));
    assertRefused(
        "the device is not available, or has no compiler", gpu("OpenCL C 1.2 ", DOUBLES, false));
    assertRefused(
        "the device has groups of 255 work-items; 256 are needed",
        facts(CL.CL_DEVICE_TYPE_GPU, "OpenCL C 1.2 ", DOUBLES, true, 255));
    assertEquals(Optional.empty(), gpu("OpenCL C 1.2 ", DOUBLES, true).refusal());
    assertEquals(Optional.empty(), gpu("OpenCL C 3.0 CUDA", DOUBLES, true).refusal());
  }

  @Test
  void onlyWhatIsNotTheCpuIsChosenByItself() {
    List<Probe> probes =
        probes(
            facts(CL.CL_DEVICE_TYPE_GPU),
            facts(CL.CL_DEVICE_TYPE_ACCELERATOR),
            facts(CL.CL_DEVICE_TYPE_CPU),
            facts(CL.CL_DEVICE_TYPE_CPU | CL.CL_DEVICE_TYPE_GPU));
    assertEquals(
        List.of("opencl:0", "opencl:1", "opencl:2", "opencl:3"),
        probes.stream().map(Probe::name).toList());
    assertEquals(List.of(20, 20, -10, -10), probes.stream().map(Probe::rank).toList());
    assertTrue(probes.stream().allMatch(Probe::available), probes::toString);
  }

  @Test
  void aCardThatCudaHasIsLeftToIt() {
    long gpu = CL.CL_DEVICE_TYPE_GPU;
    DeviceFacts card = facts("NVIDIA CUDA", gpu, "OpenCL C 1.2 ", DOUBLES, true, 256);
    assertEquals(0, probes(card).get(0).rank());
    assertEquals(20, probes(facts(gpu)).get(0).rank());
    Listing<Found> found = new Listing<>(List.of(new Found(null, null, card)), List.of());
    OpenClProvider alone = new OpenClProvider(() -> found, Set::of, KernelSource::openCl);
    assertEquals(20, alone.probe().get(0).rank());
  }

  @Test
  void gpusComeFirstAndCpusLast() {
    assertTrue(facts(CL.CL_DEVICE_TYPE_GPU).order() < facts(CL.CL_DEVICE_TYPE_ACCELERATOR).order());
    assertTrue(facts(CL.CL_DEVICE_TYPE_ACCELERATOR).order() < facts(CL.CL_DEVICE_TYPE_CPU).order());
  }

  @Test
  void limitsAreTakenOver() {
    DeviceFacts facts = facts(CL.CL_DEVICE_TYPE_GPU);
    assertTrue(facts.limits("opencl:7").singleDenormals());
    assertEquals("opencl:7", facts.limits("opencl:7").name());
    assertEquals(1 << 29, facts.limits("opencl:7").largestBuffer());
    assertFalse(facts.limits("opencl:7").sharesMemory());
  }

  @Test
  void withoutADeviceTheProblemsAreTold() {
    Probe probe = probes(new Listing<>(List.of(), List.of("no rain", "no sun"))).get(0);
    assertEquals(new Probe("opencl", false, "no rain; no sun", -10), probe);
  }

  @Test
  void problemsAreToldAfterTheDevices() {
    Found found = new Found(null, null, facts(CL.CL_DEVICE_TYPE_GPU));
    List<Probe> probes = probes(new Listing<>(List.of(found), List.of("no sun")));
    assertEquals(2, probes.size(), probes::toString);
    assertEquals(new Probe("opencl:1", false, "no sun", -10), probes.get(1));
  }
}
