package dev.norma.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.kernels.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** One device and one kernel, used by many threads, whatever it is programmed by. */
public abstract class DeviceThreads {
  private static final int THREADS = 8;
  private static final int CALLS = 300;
  private static final int COUNT = 500;
  private static final Program PROGRAM = new Program("f64", "arithmetic");

  private final AtomicInteger builds = new AtomicInteger();

  /** Opens a device; its kernel {@code scale(x, by)} multiplies each number of x. */
  protected abstract Device open(Function<Program, String> programs);

  /** Returns the text of the program. */
  protected abstract String text();

  private String text(Program program) {
    builds.incrementAndGet();
    return text();
  }

  /** Multiplies by a number of the thread's own: arguments of others would show. */
  private static void work(Device device, int thread) {
    double[] values = Numbers.upTo(COUNT);
    for (int call = 0; call < CALLS; call++) {
      double by = thread + call * 0.5;
      try (Device.Queue queue = device.open();
          Device.Buffer buffer = Numbers.upload(device, queue, values)) {
        Device.Kernel scale = device.kernel(PROGRAM, "scale");
        queue.launch(scale, COUNT, 1, new Arguments().add(buffer).add(by));
        assertArrayEquals(
            DoubleStream.of(values).map(x -> x * by).toArray(),
            Numbers.download(device, queue, buffer));
      }
    }
  }

  @Test
  final void threadsDoNotDisturbEachOther() throws Exception {
    Map<String, Long> before = Handle.live();
    try (Device device = open(this::text);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<?>> results = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        results.add(threads.submit(() -> work(device, thread)));
      }
      for (Future<?> result : results) {
        result.get();
      }
    }
    assertEquals(1, builds.get(), "builds of one program");
    assertEquals(before, Handle.live(), "objects of the driver");
  }
}
