package dev.norma.cli;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.conformance.Format;
import dev.norma.conformance.Seeded;
import dev.norma.conformance.check.Outcome;
import dev.norma.conformance.check.Tally;
import dev.norma.spi.Backend;
import dev.norma.spi.DeviceMemory;
import dev.norma.spi.Plan;
import dev.norma.spi.Primitive;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Measures how many bytes a second a backend reads, in each primitive and type. */
final class Measuring {
  /** The length of the vectors, that of many embeddings. */
  static final int WIDTH = 768;

  /** How many speeds there are for each place of the data. */
  static final int STEPS = ElementType.values().length * Throughput.LINES.size();

  /** So many random rows are made; they are repeated. */
  private static final int DISTINCT_ROWS = 256;

  private static final int FIRST_ROWS = 1024;

  /** A pass that takes less than this part of the time is made longer. */
  private static final int PASSES = 8;

  private final Backend backend;
  private final Effort effort;
  private final Progress progress;
  private final Tally tally;
  private final Throughput host = new Throughput("memory of the host");
  private final Throughput device = new Throughput("memory of the device");
  private boolean uploaded;

  /** Prepares to measure; what fails is added to the tally. */
  Measuring(Backend backend, Effort effort, Progress progress, Tally tally) {
    this.backend = backend;
    this.effort = effort;
    this.progress = progress;
    this.tally = tally;
  }

  /** Returns the speeds on data of the host and, where the backend has memory of its own, there. */
  List<Throughput> run() {
    for (ElementType type : ElementType.values()) {
      try (Arena arena = Arena.ofShared()) {
        measure(Elements.of(data(type, arena), type));
      } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
        tally.add(Outcome.failed("speeds: " + type, e));
      }
    }
    return uploaded ? List.of(host, device) : List.of(host);
  }

  private MemorySegment data(ElementType type, Arena arena) {
    long row = (long) WIDTH * type.bytes();
    MemorySegment data = arena.allocate(effort.bytes() / row * row, 64);
    long some = DISTINCT_ROWS * row;
    Seeded random = new Seeded(WIDTH);
    Format format = Format.of(type);
    for (long i = 0; i < (long) DISTINCT_ROWS * WIDTH; i++) {
      format.write(data, i, format.nearest(random.normal()));
    }
    for (long at = some; at < data.byteSize(); at += some) {
      MemorySegment.copy(data, 0, data, at, Math.min(some, data.byteSize() - at));
    }
    return data;
  }

  private void measure(Elements elements) {
    Batch rows = rows(elements);
    double[] largest = backend.run(plan(rows, Primitive.ABS_MAX, null)).hi(0);
    Optional<DeviceMemory> memory = backend.upload(elements.segment());
    if (memory.isEmpty()) {
      measure(rows, largest, Optional.empty());
      return;
    }
    uploaded = true;
    try (DeviceMemory there = memory.get()) {
      Batch same = rows(Elements.onDevice(there, elements.type()));
      measure(rows, largest, Optional.of(same));
    }
  }

  private static Batch rows(Elements elements) {
    return Batch.rows(elements, elements.length() / WIDTH, WIDTH);
  }

  private static Plan plan(Batch batch, Primitive primitive, double[] scales) {
    return new Plan(batch, List.of(primitive), scales, new LongAdder());
  }

  private void measure(Batch rows, double[] largest, Optional<Batch> same) {
    for (Throughput.Line line : Throughput.LINES) {
      Primitive primitive = line.primitive();
      double[] scales = primitive.kind() == Primitive.Kind.POW_SUM ? largest : null;
      progress.begin("speed of " + primitive + " of " + rows.type());
      cell(host, rows, primitive, scales);
      same.ifPresent(there -> cell(device, there, primitive, scales));
      progress.counter().increment();
    }
  }

  private void cell(Throughput to, Batch rows, Primitive primitive, double[] scales) {
    try {
      to.add(rows.type(), speed(rows, primitive, scales));
    } catch (UnsupportedOperationException e) {
      to.add(rows.type(), Outcome.Kind.UNSUPPORTED.toString());
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      to.add(rows.type(), Outcome.Kind.FAILED.toString());
      tally.add(Outcome.failed("speeds: " + primitive + " of " + rows, e));
    }
  }

  /** Returns the best of several passes, of a slow primitive over a part of the rows. */
  private double speed(Batch rows, Primitive primitive, double[] scales) {
    long end = System.nanoTime() + effort.nanos();
    long count = Math.min(FIRST_ROWS, rows.count());
    long best = pass(rows, count, primitive, scales);
    while (System.nanoTime() < end) {
      // Code that has just been compiled is faster than it was: more rows take as long then.
      boolean more = count < rows.count() && best < effort.nanos() / PASSES;
      count = more ? Math.min(2 * count, rows.count()) : count;
      long nanos = pass(rows, count, primitive, scales);
      best = more ? nanos : Math.min(best, nanos);
    }
    return (double) count * WIDTH * rows.type().bytes() / Math.max(1, best);
  }

  private long pass(Batch rows, long count, Primitive primitive, double[] scales) {
    Plan plan = plan(rows.slice(0, count), primitive, scales);
    long start = System.nanoTime();
    backend.run(plan);
    return System.nanoTime() - start;
  }
}
