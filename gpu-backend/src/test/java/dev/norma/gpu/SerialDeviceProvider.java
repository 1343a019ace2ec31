package dev.norma.gpu;

import dev.norma.gpu.opencl.OpenClTests;
import dev.norma.kernels.KernelSource;
import dev.norma.spi.Backend;
import dev.norma.spi.BackendProvider;
import dev.norma.spi.Probe;
import java.util.ArrayList;
import java.util.List;

/**
 * A device that does one thing at a time: whatever it is asked for waits for all that it was asked
 * for before. Oclgrind needs that: it keeps the list of mapped memory without a lock, and crashes
 * where one queue maps memory while another runs a kernel.
 */
public final class SerialDeviceProvider implements BackendProvider {
  static final String NAME = "serial-opencl";

  /** Called by the service loader. */
  public SerialDeviceProvider() {}

  @Override
  public List<Probe> probe() {
    return List.of(new Probe(NAME, OpenClTests.missing().isEmpty(), "for tests", -1));
  }

  @Override
  public Backend open(String name) {
    return new GpuBackend(new SerialDevice(OpenClTests.open("opencl:0", KernelSource::openCl)));
  }

  private static final class SerialDevice extends WrappedDevice {
    private final List<Queue> queues = new ArrayList<>();
    private boolean waiting;

    SerialDevice(Device device) {
      super(device);
    }

    @Override
    void before(Operation operation, long size) {
      if (!waiting) { // finishing a queue is an operation too
        waiting = true;
        queues.forEach(Queue::finish);
        waiting = false;
      }
    }

    @Override
    public Queue open() {
      Queue queue = super.open();
      queues.add(queue);
      return queue;
    }

    @Override
    public Limits limits() {
      Limits limits = super.limits();
      return new Limits(
          NAME,
          limits.description(),
          limits.memory(),
          limits.largestBuffer(),
          limits.alignment(),
          limits.sharesMemory(),
          limits.singleDenormals());
    }
  }
}
