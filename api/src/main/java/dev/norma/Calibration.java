package dev.norma;

import dev.norma.spi.Backend;
import dev.norma.spi.Costs;
import dev.norma.spi.DeviceMemory;
import dev.norma.spi.Plan;
import dev.norma.spi.Primitive;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Measures what a backend takes, of binary32 numbers in rows of 1024. Each rate comes from ever
 * larger pieces of work, since the first ones also load classes and build kernels, and is the best
 * one at the largest size that the time sufficed for.
 */
final class Calibration {
  static final long MOST_BYTES = 32 << 20;

  private static final long LEAST_BYTES = 256 << 10;
  private static final long MOST_HEAVY_BYTES = 4 << 20;
  private static final long ROW_BYTES = 1024 * Float.BYTES;
  private static final int GROWTH = 4;
  private static final long RATE_NANOS = 80_000_000;
  private static final double SHORT_SECONDS = 0.005;
  private static final int MOST_RUNS = 200;
  private static final double EXPONENT = 2.5;

  /** Its bits make a number in (0, 1), as if scaled by the largest. */
  private static final byte FILL = 0x3E;

  private static final Map<String, Costs> MEASURED = new HashMap<>();

  private final Backend backend;
  private final LongSupplier nanos;

  /** Measures by a clock that counts nanoseconds. */
  Calibration(Backend backend, LongSupplier nanos) {
    this.backend = backend;
    this.nanos = nanos;
  }

  /** Returns the costs of a backend, measured when its name is first asked for. */
  static synchronized Costs of(Backend backend) {
    Costs costs = MEASURED.get(backend.name());
    if (costs == null) {
      costs = new Calibration(backend, System::nanoTime).measure();
      MEASURED.put(backend.name(), costs);
    }
    return costs;
  }

  Costs measure() {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment host = arena.allocate(MOST_BYTES, Long.BYTES).fill(FILL);
      Optional<DeviceMemory> uploaded = backend.upload(host);
      if (uploaded.isEmpty()) {
        double infinite = Double.POSITIVE_INFINITY;
        return measure(Elements.of(host, ElementType.F32), infinite, infinite);
      }
      try (DeviceMemory device = uploaded.get()) {
        double in = rate(MOST_BYTES, 0, bytes -> upload(host.asSlice(0, bytes)));
        double out = rate(MOST_BYTES, 0, bytes -> device.read(0, host.asSlice(0, bytes)));
        return measure(Elements.onDevice(device, ElementType.F32), in, out);
      }
    }
  }

  private void upload(MemorySegment from) {
    backend.upload(from).ifPresent(DeviceMemory::close);
  }

  private Costs measure(Elements elements, double in, double out) {
    Primitive heavy = Primitive.powSum(EXPONENT);
    double launch = launch(elements);
    return new Costs(
        in,
        out,
        rate(MOST_BYTES, launch, bytes -> run(elements, bytes, Primitive.SQUARE_SUM)),
        rate(MOST_HEAVY_BYTES, launch, bytes -> run(elements, bytes, heavy)),
        launch);
  }

  private void run(Elements elements, long bytes, Primitive primitive) {
    Batch rows = Batch.rows(elements, bytes / ROW_BYTES, ROW_BYTES / Float.BYTES);
    double[] scales = primitive.kind() == Primitive.Kind.POW_SUM ? ones(rows.count()) : null;
    backend.run(new Plan(rows, List.of(primitive), scales, new LongAdder()));
  }

  private static double[] ones(long count) {
    double[] ones = new double[(int) count];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** Measures the seconds of the smallest plan. */
  private double launch(Elements elements) {
    run(elements, ROW_BYTES, Primitive.SQUARE_SUM);
    double least = Double.POSITIVE_INFINITY;
    long end = nanos.getAsLong() + RATE_NANOS / 4;
    for (int i = 0; i < MOST_RUNS && nanos.getAsLong() < end; i++) {
      least = Math.min(least, seconds(ROW_BYTES, n -> run(elements, n, Primitive.SQUARE_SUM)));
    }
    return least;
  }

  /** Measures bytes a second, beside so many seconds for each piece of work. */
  private double rate(long most, double launch, LongConsumer work) {
    work.accept(LEAST_BYTES);
    long end = nanos.getAsLong() + RATE_NANOS;
    long bytes = LEAST_BYTES;
    double best = 0;
    for (int i = 0; i < MOST_RUNS && nanos.getAsLong() < end; i++) {
      double seconds = seconds(bytes, work);
      best = Math.max(best, rate(bytes, seconds, launch));
      if (bytes < most && seconds < SHORT_SECONDS) {
        bytes = Math.min(most, bytes * GROWTH);
        best = 0;
      }
    }
    return best > 0 ? best : rate(bytes, seconds(bytes, work), launch);
  }

  /** Of work as short as its launch, no more than a part of the time can be said to be launch. */
  private static double rate(long bytes, double seconds, double launch) {
    return bytes / Math.max(seconds - launch, seconds / 10);
  }

  private double seconds(long bytes, LongConsumer work) {
    long start = nanos.getAsLong();
    work.accept(bytes);
    return Math.max(1, nanos.getAsLong() - start) * 1e-9;
  }
}
