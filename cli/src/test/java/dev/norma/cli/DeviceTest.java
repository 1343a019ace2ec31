package dev.norma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.DeviceException;
import dev.norma.spi.Costs;
import dev.norma.spi.Probe;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is shown of a backend. */
class DeviceTest {
  private static final Probe GPU = new Probe("fake:0", true, "a device", 20);

  @Test
  void aDeviceHasCopies() {
    Costs costs = new Costs(11.23e9, 9.84e9, 380.4e9, 0.301e9, 12.4e-6);
    Device device = Device.of(GPU, name -> name.equals("fake:0") ? costs : null);
    assertEquals(
        "a device; copy 11 GB/s in, 9.8 out; L2 380 GB/s; p-norm 0.30 GB/s; launch 12 us",
        device.line());
    assertEquals("a device", device.detail());
    assertEquals(
        List.of(
            Map.entry("copyInBytesPerSecond", 11.23e9),
            Map.entry("copyOutBytesPerSecond", 9.84e9),
            Map.entry("l2BytesPerSecond", 380.4e9),
            Map.entry("pNormBytesPerSecond", 0.301e9),
            Map.entry("launchSeconds", 12.4e-6)),
        List.copyOf(device.numbers().entrySet()));
  }

  @Test
  void aProcessorHasNone() {
    double infinite = Double.POSITIVE_INFINITY;
    Device device = Device.of(GPU, name -> new Costs(infinite, infinite, 9.96e9, 0.3e9, 2e-6));
    assertEquals("a device; L2 10.0 GB/s; p-norm 0.30 GB/s; launch 2.0 us", device.line());
    assertEquals(3, device.numbers().size());
  }

  @Test
  void aFailureIsPartOfTheDetail() {
    List<Throwable> failures =
        List.of(
            new DeviceException(DeviceException.Fault.BUILD, "fake:0: no compiler", null),
            new UnsatisfiedLinkError("fake:0: no compiler"));
    for (Throwable failure : failures) {
      Device device =
          Device.of(
              GPU,
              name -> {
                if (failure instanceof Error error) {
                  throw error;
                }
                throw (RuntimeException) failure;
              });
      String detail = "a device; it failed: fake:0: no compiler";
      assertEquals(new Device("fake:0", true, detail, Optional.empty()), device);
      assertEquals(detail, device.line());
      assertEquals(Map.of(), device.numbers());
    }
  }

  @Test
  void whatIsMissingIsNotMeasured() {
    Device device =
        Device.of(
            new Probe("fake:0", false, "no driver; install one", 20),
            name -> {
              throw new AssertionError("measured");
            });
    assertEquals(new Device("fake:0", false, "no driver; install one", Optional.empty()), device);
  }
}
