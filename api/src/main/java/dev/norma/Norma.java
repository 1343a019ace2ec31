package dev.norma;

import dev.norma.spi.Backend;
import dev.norma.spi.Probe;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Computes norms of many vectors and matrices at once, on the backend chosen when it was opened.
 *
 * <pre>{@code
 * try (var norma = Norma.open()) {
 *   double[] norms = norma.norms(Norm.L2, Batch.rows(data, 1797, 64));
 * }
 * }</pre>
 *
 * <p>A result is the same to the last bit whatever the backend, the number of threads, the vector
 * width, and the way the numbers lie in memory. All methods are safe for use by many threads at
 * once. Every method throws {@link NullPointerException} for a null, {@link IllegalStateException}
 * after {@link #close()} or if memory that it has to read or write has been closed, and {@link
 * WrongThreadException} if that memory is confined to another thread.
 */
public final class Norma implements AutoCloseable {
  /** So many vectors at once, so that what is kept of each stays small beside the batch. */
  private static final long BLOCK = 1 << 20;

  private final Backend backend;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private Norma(Backend backend) {
    this.backend = backend;
  }

  /**
   * Opens the backend that the property {@code norma.backend} names, or the best one available.
   *
   * @throws BackendUnavailableException if the one named is not available
   * @throws IllegalArgumentException if a property or variable has a value that makes no sense
   */
  public static Norma open() {
    return open(System.getProperty("norma.backend", Backends.AUTO));
  }

  /**
   * Opens a backend by name.
   *
   * @param backend {@code auto} (the best one available), {@code cpu} (the best CPU one), {@code
   *     cpu-simd}, {@code cpu-scalar}, {@code opencl}, {@code opencl:0}, {@code cuda}, {@code
   *     cuda:0}
   * @throws BackendUnavailableException if it is not available; the message says why
   * @throws IllegalArgumentException if the name is unknown, or a property or variable has a value
   *     that makes no sense
   */
  public static Norma open(String backend) {
    return new Norma(Backends.open(Objects.requireNonNull(backend, "backend")));
  }

  /** Tells of every backend that this program was linked with whether it is available. */
  public static List<Probe> backends() {
    return Backends.probes();
  }

  /** Returns the name of the backend that computes, such as {@code cpu-simd}. */
  public String backend() {
    return backend.name();
  }

  /**
   * Returns the norm of a single vector.
   *
   * @throws IllegalArgumentException if the batch does not hold exactly one vector
   */
  public double norm(Norm norm, Batch vector) {
    if (vector.count() != 1) {
      throw new IllegalArgumentException("vector: a batch of " + vector.count() + ", not of one");
    }
    return norms(norm, vector)[0];
  }

  /**
   * Returns the norm of each vector.
   *
   * @throws IllegalArgumentException if there are too many vectors for an array
   */
  public double[] norms(Norm norm, Batch batch) {
    return norms(List.of(norm), batch).of(norm);
  }

  /**
   * Writes the norm of each vector to {@code out[offset]} and on. Where the call fails, what was in
   * those places may be gone; no other place is written.
   *
   * @throws IndexOutOfBoundsException if they do not fit
   * @throws IllegalArgumentException if they overlap the elements of the batch
   */
  public void norms(Norm norm, Batch batch, double[] out, int offset) {
    Objects.requireNonNull(norm, "norm");
    Objects.requireNonNull(out, "out");
    Objects.checkFromIndexSize((long) offset, batch.count(), out.length);
    long bytes = batch.count() * Double.BYTES;
    MemorySegment places = MemorySegment.ofArray(out).asSlice((long) offset * Double.BYTES, bytes);
    checkApart(places, batch);
    run(
        List.of(norm),
        batch,
        new LongAdder(),
        (n, first, block) -> {
          double[] values = block.values(norm);
          System.arraycopy(values, 0, out, offset + (int) first, values.length);
        });
  }

  /**
   * Writes the norm of each vector to a segment as binary64 in the native byte order, at any
   * alignment; there may be more than 2<sup>31</sup>. Where the call fails, what was in those
   * places may be gone; no other place is written.
   *
   * @throws IndexOutOfBoundsException if they do not fit
   * @throws IllegalArgumentException if the segment is read-only, or overlaps the elements of the
   *     batch
   * @throws WrongThreadException if the segment is confined to another thread
   */
  public void norms(Norm norm, Batch batch, MemorySegment out) {
    Objects.requireNonNull(norm, "norm");
    Objects.requireNonNull(out, "out");
    if (out.isReadOnly()) {
      throw new IllegalArgumentException("out: the segment is read-only");
    }
    if (batch.count() > out.byteSize() / Double.BYTES) {
      throw new IndexOutOfBoundsException(
          "out: " + out.byteSize() + " bytes for " + batch.count() + " norms");
    }
    checkApart(out, batch);
    run(
        List.of(norm),
        batch,
        new LongAdder(),
        (n, first, block) -> {
          double[] values = block.values(norm);
          long at = first * Double.BYTES;
          MemorySegment.copy(values, 0, out, ValueLayout.JAVA_DOUBLE_UNALIGNED, at, values.length);
        });
  }

  /**
   * Returns several norms of each vector. All are computed in one pass over memory, but for those
   * of a general p: those of positive p share a second pass, those of negative p a third.
   *
   * @throws IllegalArgumentException if there are too many vectors for an array
   */
  public NormResults<Norm> norms(List<Norm> norms, Batch batch) {
    return norms(norms, batch, new LongAdder());
  }

  /**
   * Does what {@link #norms(List, Batch)} does and adds to a counter, on its way, the number of
   * elements that it is done with; each pass over memory counts them anew.
   *
   * @throws IllegalArgumentException if there are too many vectors for an array
   */
  public NormResults<Norm> norms(List<Norm> norms, Batch batch, LongAdder progress) {
    List<Norm> all = List.copyOf(Objects.requireNonNull(norms, "norms"));
    double[][] values = new double[all.size()][arrayLength(batch.count())];
    run(
        all,
        batch,
        progress,
        (n, first, block) -> {
          double[] some = block.values(all.get(n));
          System.arraycopy(some, 0, values[n], (int) first, some.length);
        });
    return new NormResults<>(backend.name(), all, values);
  }

  /**
   * Returns the norm of each matrix.
   *
   * @throws IllegalArgumentException if there are too many matrices for an array
   */
  public double[] norms(MatrixNorm norm, Matrices matrices) {
    return matrixNorms(List.of(norm), matrices, new LongAdder()).of(norm);
  }

  /**
   * Writes the norm of each matrix to {@code out[offset]} and on.
   *
   * @throws IndexOutOfBoundsException if they do not fit; nothing is written then
   */
  public void norms(MatrixNorm norm, Matrices matrices, double[] out, int offset) {
    Objects.requireNonNull(out, "out");
    Objects.checkFromIndexSize((long) offset, matrices.count(), out.length);
    double[] values = norms(norm, matrices);
    System.arraycopy(values, 0, out, offset, values.length);
  }

  /**
   * Returns several norms of each matrix.
   *
   * @throws IllegalArgumentException if there are too many matrices for an array
   */
  public NormResults<MatrixNorm> matrixNorms(List<MatrixNorm> norms, Matrices matrices) {
    return matrixNorms(norms, matrices, new LongAdder());
  }

  /**
   * Returns several norms of each matrix, and counts as {@link #norms(List, Batch, LongAdder)}
   * does. Norms of the entries share a pass over memory, and so do those of the rows and those of
   * the columns.
   *
   * @throws IllegalArgumentException if there are too many matrices for an array
   */
  public NormResults<MatrixNorm> matrixNorms(
      List<MatrixNorm> norms, Matrices matrices, LongAdder progress) {
    List<MatrixNorm> all = List.copyOf(Objects.requireNonNull(norms, "norms"));
    double[][] values = new double[all.size()][arrayLength(matrices.count())];
    for (MatrixNorm.Part part : MatrixNorm.Part.values()) {
      MatrixFold fold = new MatrixFold(part, all, matrices, values);
      run(fold.inner(), fold.vectors(), progress, fold);
    }
    return new NormResults<>(backend.name(), all, values);
  }

  /** Takes what norm number n is finished from, of one block of vectors after the other. */
  interface Sink {
    void accept(int n, long firstVector, Reductions block);
  }

  private void run(List<Norm> norms, Batch batch, LongAdder progress, Sink sink) {
    Objects.requireNonNull(progress, "progress");
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("this Norma is closed");
      }
      long count = norms.isEmpty() ? 0 : batch.count();
      for (long from = 0; from < count; from += BLOCK) {
        long to = Math.min(count, from + BLOCK);
        Batch block = to - from == count ? batch : batch.slice(from, to);
        Reductions reductions = Reductions.of(backend, norms, block, progress);
        for (int n = 0; n < norms.size(); n++) {
          sink.accept(n, from, reductions);
        }
      }
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Results are written while elements are still to be read. */
  private static void checkApart(MemorySegment out, Batch batch) {
    if (out.asOverlappingSlice(batch.elements().segment()).isPresent()) {
      throw new IllegalArgumentException("out: overlaps the elements of the batch");
    }
  }

  private static int arrayLength(long count) {
    if (count > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          count + " results do not fit an array, which holds at most 2147483639");
    }
    return (int) count;
  }

  /** Waits for the calls under way and releases the backend. Closing again does nothing. */
  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        backend.close();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
