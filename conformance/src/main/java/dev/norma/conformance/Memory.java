package dev.norma.conformance;

import dev.norma.ElementType;
import dev.norma.Elements;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/** The kinds of memory that elements can lie in. */
public enum Memory {
  /** A Java array of the type. */
  ARRAY,
  /** A segment over a {@code byte[]} from its second byte on, aligned to nothing. */
  HEAP_BYTES,
  /** A segment over a {@code long[]}. */
  HEAP_LONGS,
  /** A read-only segment over an array, which does not show its array. */
  HEAP_READ_ONLY,
  /** Native memory aligned to cache lines. */
  NATIVE,
  /** Native memory at an odd address. */
  NATIVE_ODD,
  /** Native memory that the calling thread alone can read. */
  CONFINED,
  /** A file mapped read-only. */
  MAPPED;

  private static final int CACHE_LINE = 64;

  /**
   * Makes room for elements and has them written.
   *
   * @param writer writes to the segment that holds the elements and nothing else
   * @throws UncheckedIOException if the file cannot be made
   */
  public Elements fill(ElementType type, long length, Arena arena, Consumer<MemorySegment> writer) {
    return switch (this) {
      case ARRAY -> array(type, Math.toIntExact(length), writer);
      case MAPPED -> view(type, mapped(length * type.bytes(), arena, writer));
      case HEAP_READ_ONLY -> view(type, written(heap(length * type.bytes()), writer).asReadOnly());
      default -> view(type, written(segment(length * type.bytes(), arena), writer));
    };
  }

  private static Elements view(ElementType type, MemorySegment segment) {
    return Elements.of(segment, type);
  }

  private static MemorySegment written(MemorySegment segment, Consumer<MemorySegment> writer) {
    writer.accept(segment);
    return segment;
  }

  private MemorySegment segment(long bytes, Arena arena) {
    return switch (this) {
      case HEAP_BYTES -> heap(bytes + 1).asSlice(1);
      case HEAP_LONGS ->
          MemorySegment.ofArray(new long[Math.toIntExact(bytes / Long.BYTES + 1)])
              .asSlice(0, bytes);
      case NATIVE_ODD -> arena.allocate(bytes + 1, CACHE_LINE).asSlice(1);
      default -> arena.allocate(bytes, CACHE_LINE);
    };
  }

  private static MemorySegment heap(long bytes) {
    return MemorySegment.ofArray(new byte[Math.toIntExact(bytes)]);
  }

  private static Elements array(ElementType type, int length, Consumer<MemorySegment> writer) {
    Object array =
        switch (type) {
          case F64 -> new double[length];
          case F32 -> new float[length];
          case F16, BF16 -> new short[length];
        };
    if (array instanceof double[] doubles) {
      writer.accept(MemorySegment.ofArray(doubles));
      return Elements.of(doubles);
    }
    if (array instanceof float[] floats) {
      writer.accept(MemorySegment.ofArray(floats));
      return Elements.of(floats);
    }
    short[] shorts = (short[]) array;
    writer.accept(MemorySegment.ofArray(shorts));
    return type == ElementType.F16 ? Elements.f16(shorts) : Elements.bf16(shorts);
  }

  private static MemorySegment mapped(long bytes, Arena arena, Consumer<MemorySegment> writer) {
    try {
      Path file = Files.createTempFile("norma-conformance", ".bin");
      try (FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE)) {
        writer.accept(channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena));
        return channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes, arena);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary file of " + bytes + " bytes", e);
    }
  }
}
