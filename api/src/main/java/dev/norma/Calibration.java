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
 * Measures what a backend takes, of binary32 numbers in rows of 1024. Each rate is the best one of
 * ever larger pieces of work, at the largest size that was reached: the first pieces also load
 * classes and build kernels, and until Java has compiled a loop it runs a thousand times slower.
 */
final class Calibration {
  static final long MOST_BYTES = 32 << 20;

  private static final long MOST_HEAVY_BYTES = 4 << 20;
  private static final long ROW_BYTES = 1024 * Float.BYTES;
  private static final int GROWTH = 4;
  private static final double WORTH = 0.9;
  private static final double SHORT_SECONDS = 0.005;
  private static final long LEAST_NANOS = 40_000_000;

  /** For a rate that somebody waits for who wanted a norm. */
  private static final long MOST_NANOS = 300_000_000;

  /** For a rate that was asked for: enough for Java to compile all loops on a busy machine. */
  private static final long PATIENT_NANOS = 10_000_000_000L;

  private static final int MOST_RUNS = 100_000;
  private static final int MOST_TIMES = 4;

  /** Whatever is slower than this, in bytes a second, has not been compiled yet. */
  private static final double LEAST_LIGHT = 5e8;

  private static final double LEAST_HEAVY = 1e7;
  private static final double EXPONENT = 2.5;

  /** Its bits make a number in (0, 1), as if scaled by the largest. */
  private static final byte FILL = 0x3E;

  private static final Map<String, Measured> MEASURED = new HashMap<>();

  private final Backend backend;
  private final LongSupplier nanos;
  private final long mostNanos;
  private boolean steady = true;

  /** What was measured, how often, and whether it is to be kept. */
  private record Measured(Costs costs, int times, boolean kept) {}

  /** Measures by a clock that counts nanoseconds. */
  Calibration(Backend backend, LongSupplier nanos) {
    this(backend, nanos, MOST_NANOS);
  }

  private Calibration(Backend backend, LongSupplier nanos, long mostNanos) {
    this.backend = backend;
    this.nanos = nanos;
    this.mostNanos = mostNanos;
  }

  /**
   * Returns the costs of a backend, by its name, or nothing while they have not settled: then they
   * are measured again when they are next asked for, but for a few times at most.
   */
  static Optional<Costs> of(Backend backend) {
    return of(backend, System::nanoTime);
  }

  static synchronized Optional<Costs> of(Backend backend, LongSupplier nanos) {
    Measured last = MEASURED.getOrDefault(backend.name(), new Measured(null, 0, false));
    if (!last.kept) {
      Calibration calibration = new Calibration(backend, nanos);
      Costs costs = calibration.measure();
      int times = last.times + 1;
      last = new Measured(costs, times, calibration.steady || times == MOST_TIMES);
      MEASURED.put(backend.name(), last);
    }
    return last.kept ? Optional.of(last.costs) : Optional.empty();
  }

  /** Returns the costs of a backend, by its name; it takes its time for them to settle. */
  static Costs settled(Backend backend) {
    return settled(backend, System::nanoTime);
  }

  static synchronized Costs settled(Backend backend, LongSupplier nanos) {
    Measured last = MEASURED.get(backend.name());
    if (last == null || !last.kept) {
      Costs costs = new Calibration(backend, nanos, PATIENT_NANOS).measure();
      last = new Measured(costs, MOST_TIMES, true);
      MEASURED.put(backend.name(), last);
    }
    return last.costs;
  }

  /** The fastest of some pieces of work of one size. */
  private record Fastest(long bytes, double seconds) {
    /**
     * Returns bytes a second beside the seconds of a launch. Of work as short as that, no more than
     * a part can be said to be launch.
     */
    double rate(double launch) {
      return bytes / Math.max(seconds - launch, seconds / 10);
    }
  }

  /** Tells whether the time was enough for every rate to settle. */
  boolean isSteady() {
    return steady;
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
        Fastest in = fastest(MOST_BYTES, 0, bytes -> upload(host.asSlice(0, bytes)));
        Fastest out = fastest(MOST_BYTES, 0, bytes -> device.read(0, host.asSlice(0, bytes)));
        Elements elements = Elements.onDevice(device, ElementType.F32);
        return measure(elements, in.rate(0), out.rate(0));
      }
    }
  }

  private void upload(MemorySegment from) {
    backend.upload(from).ifPresent(DeviceMemory::close);
  }

  private Costs measure(Elements elements, double in, double out) {
    Primitive power = Primitive.powSum(EXPONENT);
    LongConsumer squares = bytes -> run(elements, bytes, Primitive.SQUARE_SUM);
    Fastest light = fastest(MOST_BYTES, LEAST_LIGHT, squares);
    Fastest heavy = fastest(MOST_HEAVY_BYTES, LEAST_HEAVY, bytes -> run(elements, bytes, power));
    // The smallest plan comes last, when all that it needs has been compiled.
    Fastest launch = fastest(ROW_BYTES, 0, squares);
    double seconds = launch.seconds;
    return new Costs(in, out, light.rate(seconds), heavy.rate(seconds), seconds);
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

  private Fastest fastest(long most, double leastRate, LongConsumer work) {
    work.accept(ROW_BYTES);
    long start = nanos.getAsLong();
    long improved = start;
    Fastest best = new Fastest(ROW_BYTES, Double.POSITIVE_INFINITY);
    long bytes = ROW_BYTES;
    for (int i = 0; i < MOST_RUNS; i++) {
      double seconds = seconds(bytes, work);
      long now = nanos.getAsLong();
      if (bytes > best.bytes || seconds < best.seconds) {
        improved = bytes > best.bytes || seconds < WORTH * best.seconds ? now : improved;
        best = new Fastest(bytes, seconds);
      }
      boolean settled = now - improved > Math.max(LEAST_NANOS, improved - start);
      if (settled && best.rate(0) >= leastRate) {
        return best; // for as long as it took to come here, nothing became better
      }
      if (now - start > mostNanos) {
        break;
      }
      bytes = seconds < SHORT_SECONDS ? Math.min(most, bytes * GROWTH) : bytes;
    }
    steady = false;
    return best;
  }

  private double seconds(long bytes, LongConsumer work) {
    long start = nanos.getAsLong();
    work.accept(bytes);
    return Math.max(1, nanos.getAsLong() - start) * 1e-9;
  }
}
