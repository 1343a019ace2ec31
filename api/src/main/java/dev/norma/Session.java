package dev.norma;

import dev.norma.spi.Backend;
import dev.norma.spi.DeviceMemory;
import dev.norma.spi.Extent;
import dev.norma.spi.PairSums;
import dev.norma.spi.Primitive;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** An open backend, what was uploaded to it, and the calls under way. */
final class Session {
  /** So many vectors at once, so that what is kept of each stays small beside the batch. */
  private static final long BLOCK = 1 << 20;

  private final Backend backend;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Set<Upload> uploads = ConcurrentHashMap.newKeySet();
  private boolean closed;

  Session(Backend backend) {
    this.backend = backend;
  }

  String backend() {
    return backend.name();
  }

  /** Takes what norm number n is finished from, of one block of vectors after the other. */
  interface Sink {
    void accept(int n, long firstVector, Reductions block);
  }

  /** Reduces the vectors, and returns the names of the backends that did. */
  Set<String> run(List<Norm> norms, Batch batch, LongAdder progress, Sink sink) {
    Objects.requireNonNull(progress, "progress");
    return during(
        List.of(batch),
        () -> {
          Set<String> ran = new LinkedHashSet<>();
          long count = norms.isEmpty() ? 0 : batch.count();
          for (long from = 0; from < count; from += BLOCK) {
            long to = Math.min(count, from + BLOCK);
            Batch block = to - from == count ? batch : batch.slice(from, to);
            Reductions reductions = Reductions.of(backend, norms, block, progress);
            for (int n = 0; n < norms.size(); n++) {
              sink.accept(n, from, reductions);
            }
            ran.addAll(reductions.backends());
          }
          return ran;
        });
  }

  /** A computation of several plans over the vectors of batches that have as many. */
  interface Steps {
    void run(Backend on, long from, long to);
  }

  /**
   * Runs steps for all vectors of some batches, of the first of which all have as many: for as many
   * at a time as the backend thinks best.
   */
  void inBlocks(List<Batch> batches, Steps steps) {
    forEachPart(
        batches,
        (part, start) ->
            backend.inBlocks(part, (on, from, to) -> steps.run(on, start + from, start + to)));
  }

  /** Does the same with steps that themselves bring all that they need into cache but once. */
  void atOnce(List<Batch> batches, Steps steps) {
    forEachPart(
        batches,
        (part, start) ->
            backend.atOnce(part, (on, from, to) -> steps.run(on, start + from, start + to)));
  }

  /** Vectors of several batches, of which the first has a number. */
  private interface Part {
    void run(List<Batch> batches, long start);
  }

  private void forEachPart(List<Batch> batches, Part part) {
    Batch first = batches.get(0);
    during(
        batches,
        () -> {
          for (long base = 0; base < first.count(); base += BLOCK) {
            long start = base;
            long end = Math.min(first.count(), base + BLOCK);
            part.run(batches.stream().map(b -> b.slice(start, end)).toList(), start);
          }
          return null;
        });
  }

  /** Runs steps for the numbers from 0 to a count, on whatever of some tensors. */
  void inParallel(TensorList tensors, int count, Steps steps) {
    during(
        tensors.guarded(),
        () -> {
          if (tensors.confined()) {
            steps.run(backend, 0, count);
          } else {
            backend.inParallel(count, steps::run);
          }
          return null;
        });
  }

  /** Reduces many small tensors without making a batch of them, where the backend can. */
  Optional<PairSums> reduceEach(TensorList tensors, Primitive primitive) {
    return tensors
        .flat()
        .flatMap(flat -> during(tensors.guarded(), () -> backend.reduceEach(flat, primitive)));
  }

  /** Copies the elements of a batch, from the first in memory to the last. */
  DeviceBatch upload(Batch batch) {
    if (batch instanceof DifferenceBatch) {
      throw new IllegalArgumentException("batch: differences are not uploaded");
    }
    return during(
        List.of(batch),
        () -> {
          Extent extent = batch.layout().extent();
          Upload upload = upload(batch.elements(), extent);
          return new DeviceBatch(upload, batch.type(), batch.layout().rebased(extent.from()));
        });
  }

  private Upload upload(Elements elements, Extent extent) {
    long from = extent.from() * elements.type().bytes();
    long bytes = extent.length() * elements.type().bytes();
    DeviceMemory device = elements.device();
    if (device == null) {
      return Upload.of(backend, elements.segment().asSlice(from, bytes), uploads);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment copy = arena.allocate(bytes);
      device.read(from, copy);
      return Upload.of(backend, copy, uploads);
    }
  }

  /** Does something while neither the backend nor the memory of the batches can be closed. */
  private <T> T during(List<Batch> batches, Supplier<T> work) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("this Norma is closed");
      }
      return entered(batches, work);
    } finally {
      lock.readLock().unlock();
    }
  }

  private <T> T entered(List<Batch> batches, Supplier<T> work) {
    List<Elements> entered = new ArrayList<>();
    try {
      for (Batch batch : batches) {
        enter(batch, entered);
      }
      return work.get();
    } finally {
      entered.forEach(Elements::exit);
      Reference.reachabilityFence(batches);
    }
  }

  private void enter(Batch batch, List<Elements> entered) {
    if (batch instanceof DifferenceBatch difference) {
      enter(difference.x(), entered);
      enter(difference.y(), entered);
    } else {
      batch.elements().enter(backend);
      entered.add(batch.elements());
    }
  }

  /** Waits for the calls under way and releases everything. Closing again does nothing. */
  void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        List<Runnable> closers = new ArrayList<>();
        uploads.forEach(upload -> closers.add(upload::close));
        closers.add(backend::close);
        Closing.all(closers);
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
