package dev.norma.formats;

import dev.norma.Elements;
import dev.norma.NdArray;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * A NumPy {@code .npy} file as an array: format versions 1.0, 2.0 and 3.0, up to 32 dimensions, in
 * C or Fortran order, also empty or without dimensions, also beyond 2 GiB. Bytes after the data are
 * ignored, as numpy ignores them.
 *
 * <p>Floats in the machine's byte order ({@code float64}, {@code float32}, {@code float16}) are
 * mapped into memory without a copy, wherever in the file they begin. Floats in the other order are
 * copied into memory outside of the heap; so are integers and booleans, as binary64, int64 and
 * uint64 rounded to the nearest with ties to even. The copy counts against the JVM's limit of
 * direct memory ({@code -XX:MaxDirectMemorySize}). All other element types are refused by name.
 *
 * <p>The file must not be changed while it is open. If it becomes shorter, or its device fails, the
 * JVM throws an {@link InternalError} in the thread that reads the lost part of a mapping.
 *
 * <p>The array may be read by any number of threads, until {@link #close} frees its memory.
 */
public final class NpyFile implements AutoCloseable {
  private final NpyHeader header;
  private final NdArray array;
  private final Arena arena;

  private NpyFile(NpyHeader header, NdArray array, Arena arena) {
    this.header = header;
    this.array = array;
    this.arena = arena;
  }

  /**
   * Opens a file. Everything that its header says is checked against the file; its elements may
   * have any values.
   *
   * <p>The messages of all exceptions leave out the path, which the caller knows and puts in front;
   * the cause, if there is one, has it.
   *
   * @throws NpyFormatException if the file is malformed, cut short, or holds elements that are not
   *     supported
   * @throws IOException if the file does not exist, is not a regular file, or cannot be read or
   *     mapped, or memory is too small for the copy of elements that need one
   */
  public static NpyFile open(Path path) throws IOException {
    Objects.requireNonNull(path, "path");
    try {
      checkRegular(path);
      try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
        return load(file);
      }
    } catch (IOException e) {
      throw Messages.withoutPath(e);
    } catch (UnsupportedOperationException e) {
      throw new IOException("its file system has no files that can be mapped", e);
    }
  }

  /** Refuses a pipe before it is opened, which would wait for a writer. */
  private static void checkRegular(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      throw new IOException("it is a directory");
    }
    if (!attributes.isRegularFile()) {
      throw new IOException("it is not a regular file");
    }
  }

  // The arena passes to the file that is returned, whose close() closes it.
  @SuppressWarnings("MustBeClosed")
  private static NpyFile load(FileChannel file) throws IOException {
    NpyHeader header = NpyHeader.read(file);
    Arena arena = Arena.ofShared();
    boolean loaded = false;
    try {
      Elements elements = NpyData.load(file, header, arena);
      NdArray array =
          header.fortranOrder()
              ? NdArray.fortran(elements, header.shape())
              : NdArray.of(elements, header.shape());
      loaded = true;
      return new NpyFile(header, array, arena);
    } finally {
      if (!loaded) {
        arena.close();
      }
    }
  }

  /**
   * Returns the array: elements of type {@code F64}, {@code F32} or {@code F16} in the native byte
   * order, whose memory this file owns. After {@link #close}, reading them throws an {@link
   * IllegalStateException}.
   */
  public NdArray array() {
    return array;
  }

  /** Returns the element type and byte order in the file. */
  NpyDescr descr() {
    return new NpyDescr(header.type(), header.order());
  }

  /**
   * Returns numpy's name of the element type of the file, the same for both byte orders: {@code
   * "float16"}, {@code "float32"}, {@code "float64"}, {@code "int8"} to {@code "int64"}, {@code
   * "uint8"} to {@code "uint64"}, or {@code "bool"}.
   */
  public String dtype() {
    return header.type().numpyName();
  }

  /** Returns a copy of the size of each dimension. */
  public long[] shape() {
    return header.shape();
  }

  /** Tells whether the file says that the first index moves fastest, not the last. */
  public boolean fortranOrder() {
    return header.fortranOrder();
  }

  /**
   * Unmaps the file and frees the memory of the array. Closing a second time does nothing.
   *
   * @throws IllegalStateException if another thread is inside of a call that keeps the memory open;
   *     the file stays open then
   */
  @Override
  public synchronized void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
