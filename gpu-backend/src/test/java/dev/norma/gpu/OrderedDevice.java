package dev.norma.gpu;

import dev.norma.kernels.Program;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A device that checks, by vector clocks, that all work on a buffer and on staging memory is
 * ordered: by its queue, by an event that another queue waits for, or by the host, which waited.
 * Kernels that read the states of others ({@code fold_listed}) and copies are ordered behind
 * everything; other kernels may work side by side on a buffer. Used by one thread.
 */
class OrderedDevice extends WrappedDevice {
  private final List<Integer> host = new ArrayList<>();
  private final Map<Buffer, List<Work>> done = new HashMap<>();
  private final Map<Staging, Work> copies = new HashMap<>();

  /** Piece {@code number} of a queue, and whether others may be beside it. */
  private record Work(int queue, int number, boolean beside) {}

  private record NamedKernel(Kernel kernel, String name) implements Kernel {}

  private record ClockEvent(Event event, List<Integer> clock, List<Integer> host) implements Event {
    @Override
    public void await() {
      event.await();
      merge(host, clock);
    }

    @Override
    public void close() {
      event.close();
    }
  }

  OrderedDevice(Device device) {
    super(device);
  }

  int queues() {
    return host.size();
  }

  @Override
  public Queue open() {
    host.add(0);
    return new OrderedQueue(super.open(), host.size() - 1);
  }

  @Override
  public Kernel kernel(Program program, String name) {
    return new NamedKernel(super.kernel(program, name), name);
  }

  private static void merge(List<Integer> into, List<Integer> other) {
    for (int i = 0; i < other.size(); i++) {
      if (i == into.size()) {
        into.add(0);
      }
      into.set(i, Math.max(into.get(i), other.get(i)));
    }
  }

  private final class OrderedQueue implements Queue {
    private final Queue queue;
    private final int number;
    private final List<Integer> clock = new ArrayList<>();

    OrderedQueue(Queue queue, int number) {
      this.queue = queue;
      this.number = number;
    }

    private int tick() {
      merge(clock, host);
      clock.set(number, clock.get(number) + 1);
      return clock.get(number);
    }

    private void work(Buffer buffer, boolean beside) {
      List<Work> all = done.computeIfAbsent(buffer, b -> new ArrayList<>());
      for (Work work : all) {
        if (!(beside && work.beside) && clock.get(work.queue) < work.number) {
          throw new AssertionError(
              "queue %d did not wait for what queue %d does with a buffer"
                  .formatted(number, work.queue));
        }
      }
      all.add(new Work(number, clock.get(number), beside));
    }

    /** The host fills or reads staging memory whose last copy it has not waited for. */
    private void copy(Staging staging) {
      Work last = copies.put(staging, new Work(number, clock.get(number), false));
      if (last != null && host.get(last.queue) < last.number) {
        throw new AssertionError("the host did not wait for the last copy of staging memory");
      }
    }

    @Override
    public void write(Staging from, long bytes, Buffer to, long offset) {
      tick();
      work(to, false);
      copy(from);
      queue.write(from, bytes, to, offset);
    }

    @Override
    public void read(Buffer from, long offset, Staging to, long bytes) {
      tick();
      work(from, false);
      copy(to);
      queue.read(from, offset, to, bytes);
    }

    @Override
    public void copy(Buffer from, long fromOffset, Buffer to, long toOffset, long bytes) {
      tick();
      work(from, false);
      work(to, false);
      queue.copy(from, fromOffset, to, toOffset, bytes);
    }

    @Override
    public void launch(Kernel kernel, long groups, int groupSize, Arguments arguments) {
      tick();
      NamedKernel named = (NamedKernel) kernel;
      for (Object argument : arguments.values()) {
        if (argument instanceof Buffer buffer) {
          work(buffer, !named.name.equals("fold_listed"));
        }
      }
      queue.launch(named.kernel, groups, groupSize, arguments);
    }

    @Override
    public Event mark() {
      return new ClockEvent(queue.mark(), new ArrayList<>(clock), host);
    }

    @Override
    public void waitFor(Event event) {
      merge(clock, ((ClockEvent) event).clock);
      queue.waitFor(((ClockEvent) event).event);
    }

    @Override
    public void finish() {
      queue.finish();
      merge(host, clock);
    }

    @Override
    public void close() {
      queue.close();
    }
  }
}
