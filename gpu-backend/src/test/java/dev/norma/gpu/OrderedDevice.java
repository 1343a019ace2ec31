package dev.norma.gpu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A device that checks, by vector clocks, that work on a buffer and on staging memory is ordered:
 * copies to it behind all earlier work with it, kernels behind copies to it, copies from it behind
 * copies to it and kernels. Kernels may work on a buffer side by side: they write to places of
 * their own. Used by one thread.
 */
class OrderedDevice extends WrappedDevice {
  private final List<Integer> host = new ArrayList<>();
  private final Map<Buffer, List<Work>> done = new HashMap<>();
  private final Map<Staging, Work> copies = new HashMap<>();

  /** Piece {@code number} of a queue, and what it does. */
  private record Work(int queue, int number, String verb) {}

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

    /** Checks that the earlier work with a buffer that matters is known to be done. */
    private void work(Buffer buffer, String verb, List<String> after) {
      List<Work> all = done.computeIfAbsent(buffer, b -> new ArrayList<>());
      for (Work work : all) {
        if (after.contains(work.verb) && clock.get(work.queue) < work.number) {
          throw new AssertionError(
              "queue %d %s a buffer before queue %d has %s it"
                  .formatted(number, verb, work.queue, past(work.verb)));
        }
      }
      all.add(new Work(number, clock.get(number), verb));
    }

    /** The host fills or reads staging memory whose last copy it has not waited for. */
    private void copy(Staging staging, String verb) {
      Work last = copies.put(staging, new Work(number, clock.get(number), verb));
      if (last != null && host.get(last.queue) < last.number) {
        throw new AssertionError("the host did not wait for the last copy of staging memory");
      }
    }

    private static String past(String verb) {
      return switch (verb) {
        case "writes" -> "written";
        case "reads" -> "read";
        default -> "used";
      };
    }

    private void tick() {
      merge(clock, host);
      clock.set(number, clock.get(number) + 1);
    }

    @Override
    public void write(Staging from, long bytes, Buffer to, long offset) {
      tick();
      work(to, "writes", List.of("writes", "reads", "uses"));
      copy(from, "writes");
      queue.write(from, bytes, to, offset);
    }

    @Override
    public void read(Buffer from, long offset, Staging to, long bytes) {
      tick();
      work(from, "reads", List.of("writes", "uses"));
      copy(to, "reads");
      queue.read(from, offset, to, bytes);
    }

    @Override
    public void launch(Kernel kernel, long groups, int groupSize, Arguments arguments) {
      tick();
      for (Object argument : arguments.values()) {
        if (argument instanceof Buffer buffer) {
          work(buffer, "uses", List.of("writes", "reads"));
        }
      }
      queue.launch(kernel, groups, groupSize, arguments);
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
