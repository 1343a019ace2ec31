package dev.norma;

import dev.norma.spi.Layout;
import java.lang.foreign.MemorySegment;

/**
 * Many vectors in memory that the backend of a {@link Norma} computes from without copying them
 * again: what {@link Norma#upload} returns, to be used wherever a {@link Batch} is.
 *
 * <pre>{@code
 * try (var norma = Norma.open();
 *     var matrix = norma.upload(Batch.rows(data, 100_000, 768))) {
 *   double[] rows = norma.norms(Norm.L2, matrix);
 *   double[] columns = norma.norms(Norm.L2, Batch.columns(matrix.elements(), 100_000, 768));
 * }
 * }</pre>
 *
 * <p>Gradients can be written to it, and {@link #copyTo} brings them to the host. Slices, and other
 * views of {@link #elements()}, stay usable until this batch is closed. A batch that nobody closed
 * is released some time after the last of its views has become unreachable, with a warning in the
 * log. Safe for use by many threads.
 */
public final class DeviceBatch extends Batch implements AutoCloseable {
  private final Upload upload;

  DeviceBatch(Upload upload, ElementType type, Layout layout) {
    super(Elements.of(upload, type), layout);
    this.upload = upload;
  }

  /** Returns the name of the backend whose memory this is. */
  public String backend() {
    return upload.backend();
  }

  /** Returns how much memory this holds, in bytes. */
  public long byteSize() {
    return upload.byteSize();
  }

  /**
   * Copies what is in this memory to the host, as it lies there: as the batch lay that was
   * uploaded, from its first element in memory to its last one, with what was written to it since.
   *
   * @param to as many bytes as this holds
   * @throws IllegalArgumentException if it has another size, or is read-only
   * @throws IllegalStateException if either memory has been closed
   */
  public void copyTo(MemorySegment to) {
    if (to.byteSize() != byteSize()) {
      throw new IllegalArgumentException(
          "to: has " + to.byteSize() + " bytes, and the device batch " + byteSize());
    }
    if (to.isReadOnly()) {
      throw new IllegalArgumentException("to: the segment is read-only");
    }
    upload.read(to);
  }

  /**
   * Releases the memory, after the calls that are under way with it; later ones throw {@link
   * IllegalStateException}. Closing again does nothing.
   */
  @Override
  public void close() {
    upload.close();
  }
}
