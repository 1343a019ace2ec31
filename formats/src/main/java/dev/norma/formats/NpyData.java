package dev.norma.formats;

import dev.norma.ElementType;
import dev.norma.Elements;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;

/** Brings the data of a file into memory: mapped as they lie, or converted. */
final class NpyData {
  /** How many elements are converted at a time: 256 KB of doubles, which stay in the cache. */
  private static final int TILE = 32 * 1024;

  private NpyData() {}

  /**
   * Returns the elements of a file, in memory of the arena. Floats in the native byte order are
   * mapped; everything else is read and converted, so that a file that shrinks meanwhile is an
   * exception here.
   */
  static Elements load(FileChannel file, NpyHeader header, Arena arena) throws IOException {
    ElementType type = header.type().inMemory();
    if (header.count() == 0) {
      return Elements.of(arena.allocate(0), type);
    }
    if (header.type().isFloat() && header.order() == ByteOrder.nativeOrder()) {
      long bytes = header.count() * type.bytes();
      return Elements.of(
          file.map(FileChannel.MapMode.READ_ONLY, header.dataOffset(), bytes, arena), type);
    }
    MemorySegment copy = allocate(header, arena);
    convert(file, header, copy);
    return Elements.of(copy, type);
  }

  private static MemorySegment allocate(NpyHeader header, Arena arena) throws IOException {
    long each = header.type().inMemory().bytes();
    try {
      return arena.allocate(Math.multiplyExact(header.count(), each), each);
    } catch (OutOfMemoryError | ArithmeticException e) {
      throw new IOException(
          "not enough memory: "
              + header.count()
              + " elements of "
              + header.type().numpyName()
              + " have to be converted, to "
              + each
              + " bytes each, outside of the heap (limit: -XX:MaxDirectMemorySize)",
          e);
    }
  }

  private static void convert(FileChannel file, NpyHeader header, MemorySegment copy)
      throws IOException {
    int each = header.type().bytes();
    ByteBuffer tile = ByteBuffer.allocate(TILE * each).order(header.order());
    double[] widened = new double[TILE];
    for (long done = 0; done < header.count(); done += TILE) {
      int count = (int) Math.min(TILE, header.count() - done);
      tile.clear().limit(count * each);
      NpyHeader.readFully(file, header.dataOffset() + done * each, tile);
      tile.flip();
      if (header.type().isFloat()) {
        swap(header.type(), MemorySegment.ofBuffer(tile), header.order(), copy, done, count);
      } else {
        widen(header.type(), tile, widened);
        MemorySegment.copy(widened, 0, copy, ValueLayout.JAVA_DOUBLE, done * Double.BYTES, count);
      }
    }
  }

  /** Returns integers of the size of an element, by which its bits are copied. */
  static ValueLayout bits(int bytes) {
    return switch (bytes) {
      case Double.BYTES -> ValueLayout.JAVA_LONG_UNALIGNED;
      case Float.BYTES -> ValueLayout.JAVA_INT_UNALIGNED;
      default -> ValueLayout.JAVA_SHORT_UNALIGNED;
    };
  }

  /** Copies the bits of floats into the native byte order; no value is changed, not even a NaN. */
  private static void swap(
      NpyType type, MemorySegment tile, ByteOrder order, MemorySegment copy, long at, int count) {
    ValueLayout to = bits(type.bytes());
    MemorySegment.copy(tile, to.withOrder(order), 0, copy, to, at * type.bytes(), count);
  }

  /** Converts all integers or booleans of a tile, rounding to nearest where 53 bits are too few. */
  private static void widen(NpyType type, ByteBuffer tile, double[] out) {
    switch (type) {
      case INT64 -> int64(tile.asLongBuffer(), out);
      case INT32 -> int32(tile.asIntBuffer(), out);
      case INT16 -> int16(tile.asShortBuffer(), out);
      case INT8 -> int8(tile, out);
      case UINT64 -> uint64(tile.asLongBuffer(), out);
      case UINT32 -> uint32(tile.asIntBuffer(), out);
      case UINT16 -> uint16(tile.asShortBuffer(), out);
      case UINT8 -> uint8(tile, out);
      case BOOL -> bool(tile, out);
      default -> throw new AssertionError(type);
    }
  }

  private static void int64(LongBuffer in, double[] out) {
    for (int i = 0; i < in.limit(); i++) {
      out[i] = in.get(i);
    }
  }

  private static void int32(IntBuffer in, double[] out) {
    for (int i = 0; i < in.limit(); i++) {
      out[i] = in.get(i);
    }
  }

  private static void int16(ShortBuffer in, double[] out) {
    for (int i = 0; i < in.limit(); i++) {
      out[i] = in.get(i);
    }
  }

  private static void int8(ByteBuffer in, double[] out) {
    for (int i = 0; i < in.limit(); i++) {
      out[i] = in.get(i);
    }
  }

  private static void uint64(LongBuffer in, double[] out) {
    for (int i = 0; i < in.limit(); i++) {
      out[i] = unsigned(in.get(i));
    }
  }

  private static void uint32(IntBuffer in, double[] out) {
    for (int i = 0; i < in.limit(); i++) {
      out[i] = in.get(i) & 0xFFFFFFFFL;
    }
  }

  private static void uint16(ShortBuffer in, double[] out) {
    for (int i = 0; i < in.limit(); i++) {
      out[i] = in.get(i) & 0xFFFF;
    }
  }

  private static void uint8(ByteBuffer in, double[] out) {
    for (int i = 0; i < in.limit(); i++) {
      out[i] = in.get(i) & 0xFF;
    }
  }

  private static void bool(ByteBuffer in, double[] out) {
    for (int i = 0; i < in.limit(); i++) {
      out[i] = in.get(i) != 0 ? 1 : 0;
    }
  }

  /**
   * Rounds an unsigned number to the nearest double, ties to even. Of one with the top bit set,
   * half is converted; the last bit is kept as a sticky one below the rounding position, so that
   * the rounding sees all bits, and doubling is exact.
   */
  private static double unsigned(long bits) {
    return bits >= 0 ? (double) bits : 2.0 * ((bits >>> 1) | (bits & 1));
  }
}
