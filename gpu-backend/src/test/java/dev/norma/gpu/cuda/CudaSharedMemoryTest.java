package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.gpu.Device;
import dev.norma.gpu.DeviceBasics;
import dev.norma.gpu.Listing;
import dev.norma.gpu.cuda.CudaDevices.Found;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A device that is taken for one that shares the host's memory. */
@RequiresCuda
class CudaSharedMemoryTest extends DeviceBasics {
  CudaSharedMemoryTest() {
    super("cuda:0");
  }

  @Override
  protected Device open(String name) {
    Found found = CudaDevices.get().devices().get(0);
    DeviceFacts facts = found.facts();
    DeviceFacts shared =
        new DeviceFacts(
            facts.device(),
            facts.driver(),
            facts.major(),
            facts.minor(),
            facts.memory(),
            true,
            false);
    Listing<Found> listing = new Listing<>(List.of(new Found(found.device(), shared)), List.of());
    return new CudaProvider(() -> listing, program -> TestPtx.ARITHMETIC).device(name);
  }

  /** Somebody else may have registered the memory; then it is copied. */
  @Test
  void whatIsRegisteredAlreadyIsNotWrapped() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(8192, 4096);
      try (Device.Buffer first = device.wrap(host).orElseThrow()) {
        assertEquals(8192, first.byteSize());
        assertEquals(Optional.empty(), device.wrap(host));
      }
      Optional<Device.Buffer> again = device.wrap(host);
      assertTrue(again.isPresent());
      again.get().close();
    }
  }
}
