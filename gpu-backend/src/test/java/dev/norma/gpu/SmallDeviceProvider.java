package dev.norma.gpu;

import dev.norma.gpu.opencl.OpenClTests;
import dev.norma.kernels.KernelSource;
import dev.norma.spi.Backend;
import dev.norma.spi.BackendProvider;
import dev.norma.spi.Probe;
import java.util.List;

/**
 * A device with so little memory that everything comes to it in pieces of a chunk or two, that does
 * not share the host's memory, and that takes subnormal binary32 numbers for zero.
 */
public final class SmallDeviceProvider implements BackendProvider {
  static final String NAME = "small-opencl";

  /** Called before every operation of the device. */
  static volatile Runnable before = () -> {};

  private static final long MEMORY = 1 << 19;

  /** Called by the service loader. */
  public SmallDeviceProvider() {}

  @Override
  public List<Probe> probe() {
    return List.of(new Probe(NAME, OpenClTests.missing().isEmpty(), "for tests", -1));
  }

  @Override
  public Backend open(String name) {
    return new GpuBackend(
        new WrappedDevice(
            OpenClTests.open(
                "opencl:0", p -> "#define FLUSHES_SUBNORMALS\n" + KernelSource.openCl(p))) {
          @Override
          void before(Operation operation, long size) {
            before.run();
          }

          @Override
          public Limits limits() {
            return new Limits(NAME, "small", MEMORY, Long.MAX_VALUE, 128, false, false, false);
          }
        });
  }
}
