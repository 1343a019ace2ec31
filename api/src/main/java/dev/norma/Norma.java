package dev.norma;

import dev.norma.spi.Backend;
import dev.norma.spi.Costs;
import dev.norma.spi.Probe;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

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
  private final Session session;
  private final Gradients gradients;
  private final Transforms transforms;
  private final Tensors tensors;
  private final Pairs pairs;

  Norma(Session session) {
    this.session = session;
    this.gradients = new Gradients(session);
    this.transforms = new Transforms(session);
    this.tensors = new Tensors(session);
    this.pairs = new Pairs(session);
  }

  /**
   * Opens the backend that the property {@code norma.backend} names, or else {@code auto}.
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
   * <p>{@code auto} runs each computation where it is predicted to end first, on the CPU or on a
   * device, and on the CPU where a device fails. The log of {@code dev.norma} says why, at its
   * level {@code DEBUG}. All other names are followed: what fails there is thrown.
   *
   * @param backend {@code auto}, {@code cpu} (the best one of the CPU), {@code cpu-simd}, {@code
   *     cpu-scalar}, {@code opencl} or {@code cuda} (all devices of that kind that are not CPUs, or
   *     those that are where there are no others, each with a part of the vectors), {@code
   *     opencl:0}, {@code cuda:0} (one device)
   * @throws BackendUnavailableException if it is not available; the message says why
   * @throws IllegalArgumentException if the name is unknown, or a property or variable has a value
   *     that makes no sense
   */
  public static Norma open(String backend) {
    return new Norma(new Session(Backends.open(Objects.requireNonNull(backend, "backend"))));
  }

  /** Tells of every backend that this program was linked with whether it is available. */
  public static List<Probe> backends() {
    return Backends.probes();
  }

  /**
   * Returns what a backend takes for its work. It is measured when it is first needed in this
   * process, in a second or two; where the processor is busy with other things, in ten seconds for
   * each rate at most.
   *
   * @param backend a name as for {@link #open(String)}, but for {@code auto}
   * @throws BackendUnavailableException if it is not available
   * @throws DeviceException if the device failed
   */
  public static Costs costs(String backend) {
    try (Backend opened = Backends.open(Objects.requireNonNull(backend, "backend"))) {
      return Calibration.settled(opened);
    }
  }

  /**
   * Returns how often {@link #norms(List, Batch, LongAdder)} reads each element of ordinary
   * vectors: what its counter comes to, divided by the number of elements.
   */
  public static int passes(List<Norm> norms) {
    return Reductions.passes(List.copyOf(Objects.requireNonNull(norms, "norms")));
  }

  /**
   * Returns how often {@link #matrixNorms(List, Matrices, LongAdder)} reads each element of
   * ordinary matrices.
   */
  public static int matrixPasses(List<MatrixNorm> norms) {
    List<MatrixNorm> all = List.copyOf(Objects.requireNonNull(norms, "norms"));
    return Arrays.stream(MatrixNorm.Part.values())
        .mapToInt(part -> Reductions.passes(part.inner(all)))
        .sum();
  }

  /**
   * Returns the name of the backend that computes, such as {@code cpu-simd}; {@code auto} where
   * there are several to choose from, and {@link NormResults#backend()} says which one it was.
   */
  public String backend() {
    return session.backend();
  }

  /**
   * Copies a batch to memory that the backend computes from without copying it again: that of its
   * device, or native memory where it has none. All from the first to the last of its elements in
   * memory is copied, with what lies between them.
   *
   * @return the same vectors there; the caller closes it, or else {@link #close()} does
   * @throws DeviceException if the device failed, as for want of memory
   */
  public DeviceBatch upload(Batch batch) {
    return session.upload(Objects.requireNonNull(batch, "batch"));
  }

  /** Returns what computes derivatives, on the same backend, until this is closed. */
  public Gradients gradients() {
    return gradients;
  }

  /** Returns what scales, clips, projects and shrinks vectors, in the same way. */
  public Transforms transforms() {
    return transforms;
  }

  /** Returns what computes norms over lists of tensors and clips to them, in the same way. */
  public Tensors tensors() {
    return tensors;
  }

  /** Returns what computes inner products, cosines and angles of pairs, in the same way. */
  public Pairs pairs() {
    return pairs;
  }

  /**
   * Returns the norm of a single vector.
   *
   * @throws IllegalArgumentException if the batch has not exactly one vector
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
    norms(List.of(norm), batch, new double[][] {out}, offset);
  }

  /**
   * Writes several norms of each vector, computed together as by {@link #norms(List, Batch)}, norm
   * n to {@code out[n][offset]} and on. Where the call fails, what was in those places may be gone;
   * no other place is written.
   *
   * @throws IndexOutOfBoundsException if they do not fit
   * @throws IllegalArgumentException if there is not one array for each norm, or an array overlaps
   *     the elements of the batch or is the same as another
   */
  public void norms(List<Norm> norms, Batch batch, double[][] out, int offset) {
    List<Norm> all = List.copyOf(Objects.requireNonNull(norms, "norms"));
    double[][] places = Objects.requireNonNull(out, "out").clone();
    Places.check(places, all.size(), offset, batch.count(), batch.sources());
    write(all, batch, new LongAdder(), places, offset);
  }

  /**
   * Writes the norm of each vector to a segment as binary64 in the native byte order, at any
   * alignment; there may be more than 2<sup>31</sup>. Where the call fails, what was in those
   * places may be gone; no other place is written.
   *
   * @throws IndexOutOfBoundsException if they do not fit
   * @throws IllegalArgumentException if the segment is read-only, or the places written overlap the
   *     elements of the batch
   * @throws WrongThreadException if the segment is confined to another thread
   */
  public void norms(Norm norm, Batch batch, MemorySegment out) {
    Objects.requireNonNull(norm, "norm");
    Places.check(out, batch.count(), batch.sources());
    session.run(
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
    double[][] values = new double[all.size()][Places.arrayLength(batch.count())];
    Set<String> ran = write(all, batch, progress, values, 0);
    return new NormResults<>(name(ran), all, values);
  }

  private Set<String> write(
      List<Norm> norms, Batch batch, LongAdder progress, double[][] out, int offset) {
    return session.run(
        norms,
        batch,
        progress,
        (n, first, block) -> {
          double[] values = block.values(norms.get(n));
          System.arraycopy(values, 0, out[n], offset + (int) first, values.length);
        });
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
   * Writes the norm of each matrix to {@code out[offset]} and on. Where the call fails, what was in
   * those places may be gone; no other place is written.
   *
   * @throws IndexOutOfBoundsException if they do not fit
   * @throws IllegalArgumentException if they overlap the elements of the matrices
   */
  public void norms(MatrixNorm norm, Matrices matrices, double[] out, int offset) {
    Places.check(out, offset, matrices.count(), List.of(matrices.elements()));
    fold(List.of(norm), matrices, new LongAdder(), (n, i, value) -> out[offset + (int) i] = value);
  }

  /**
   * Writes the norm of each matrix to a segment, as {@link #norms(Norm, Batch, MemorySegment)} does
   * those of vectors.
   *
   * @throws IndexOutOfBoundsException if they do not fit
   * @throws IllegalArgumentException if the segment is read-only, or the places written overlap the
   *     elements of the matrices
   * @throws WrongThreadException if the segment is confined to another thread
   */
  public void norms(MatrixNorm norm, Matrices matrices, MemorySegment out) {
    Places.check(out, matrices.count(), List.of(matrices.elements()));
    fold(
        List.of(norm),
        matrices,
        new LongAdder(),
        (n, i, value) -> out.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, i * Double.BYTES, value));
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
    double[][] values = new double[all.size()][Places.arrayLength(matrices.count())];
    Set<String> ran = fold(all, matrices, progress, (n, i, value) -> values[n][(int) i] = value);
    return new NormResults<>(name(ran), all, values);
  }

  private Set<String> fold(
      List<MatrixNorm> norms, Matrices matrices, LongAdder progress, MatrixFold.Values values) {
    Set<String> ran = new LinkedHashSet<>();
    for (MatrixNorm.Part part : MatrixNorm.Part.values()) {
      MatrixFold fold = new MatrixFold(part, norms, matrices, values);
      ran.addAll(session.run(fold.inner(), fold.vectors(), progress, fold));
    }
    return ran;
  }

  /** Names the backends that ran; where there was nothing to run, the one that would have. */
  private String name(Set<String> ran) {
    return ran.isEmpty() ? backend() : String.join("+", ran);
  }

  /**
   * Waits for the calls under way and releases the backend, with every {@link DeviceBatch} of it
   * that is still open. Closing again does nothing.
   */
  @Override
  public void close() {
    session.close();
  }
}
