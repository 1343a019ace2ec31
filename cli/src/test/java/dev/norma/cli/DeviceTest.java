package dev.norma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.DeviceException;
import dev.norma.spi.Costs;
import dev.norma.spi.Probe;
import java.util.List;
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
        device.detail());
    assertTrue(device.available());
    assertEquals(Optional.empty(), device.failure());
  }

  @Test
  void aProcessorHasNone() {
    double infinite = Double.POSITIVE_INFINITY;
    Device device = Device.of(GPU, name -> new Costs(infinite, infinite, 9.96e9, 0.3e9, 2e-6));
    assertEquals("a device; L2 10.0 GB/s; p-norm 0.30 GB/s; launch 2.0 us", device.detail());
  }

  @Test
  void aFailureIsPartOfTheDetailAndNotAvailable() {
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
      String detail = "a device; it failed: no compiler";
      assertEquals(new Device("fake:0", false, detail, Optional.of(failure)), device);
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
