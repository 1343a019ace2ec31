package dev.norma.gpu;

import dev.norma.kernels.Program;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * A device that is another one, with {@link #before} called before everything that it is asked for:
 * tests change its limits, make it fail, and count.
 */
class WrappedDevice implements Device {
  /** What is asked of a device. */
  enum Operation {
    ALLOCATE,
    WRAP,
    STAGE,
    BUILD,
    OPEN,
    WRITE,
    READ,
    COPY,
    LAUNCH,
    MARK,
    AWAIT,
    WAIT,
    FINISH
  }

  private final Device device;

  WrappedDevice(Device device) {
    this.device = device;
  }

  /** Called before an operation on so many bytes, or groups, or none. */
  void before(Operation operation, long size) {}

  @Override
  public Limits limits() {
    return device.limits();
  }

  @Override
  public Buffer allocate(long bytes) {
    before(Operation.ALLOCATE, bytes);
    return device.allocate(bytes);
  }

  @Override
  public Optional<Buffer> wrap(MemorySegment host) {
    before(Operation.WRAP, host.byteSize());
    return device.wrap(host);
  }

  @Override
  public Staging stage(long bytes) {
    before(Operation.STAGE, bytes);
    return device.stage(bytes);
  }

  @Override
  public Kernel kernel(Program program, String name) {
    before(Operation.BUILD, 0);
    return device.kernel(program, name);
  }

  @Override
  public Queue open() {
    before(Operation.OPEN, 0);
    return new WrappedQueue(device.open());
  }

  @Override
  public void close() {
    device.close();
  }

  private final class WrappedQueue implements Queue {
    private final Queue queue;

    WrappedQueue(Queue queue) {
      this.queue = queue;
    }

    @Override
    public void write(Staging from, long bytes, Buffer to, long offset) {
      before(Operation.WRITE, bytes);
      queue.write(from, bytes, to, offset);
    }

    @Override
    public void read(Buffer from, long offset, Staging to, long bytes) {
      before(Operation.READ, bytes);
      queue.read(from, offset, to, bytes);
    }

    @Override
    public void copy(Buffer from, long fromOffset, Buffer to, long toOffset, long bytes) {
      before(Operation.COPY, bytes);
      queue.copy(from, fromOffset, to, toOffset, bytes);
    }

    @Override
    public void launch(Kernel kernel, long groups, int groupSize, Arguments arguments) {
      before(Operation.LAUNCH, groups);
      queue.launch(kernel, groups, groupSize, arguments);
    }

    @Override
    public Event mark() {
      before(Operation.MARK, 0);
      return new WrappedEvent(queue.mark());
    }

    @Override
    public void waitFor(Event event) {
      before(Operation.WAIT, 0);
      queue.waitFor(((WrappedEvent) event).event);
    }

    @Override
    public void finish() {
      before(Operation.FINISH, 0);
      queue.finish();
    }

    @Override
    public void close() {
      queue.close();
    }
  }

  private final class WrappedEvent implements Event {
    private final Event event;

    WrappedEvent(Event event) {
      this.event = event;
    }

    @Override
    public void await() {
      before(Operation.AWAIT, 0);
      event.await();
    }

    @Override
    public void close() {
      event.close();
    }
  }
}
