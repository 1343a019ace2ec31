package dev.norma.benchmarks;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Elements;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * A row-major matrix in a Java array of its own.
 *
 * @param elements the numbers, over a Java array
 * @param rows the number of rows
 * @param shape the number of columns, and which way the vectors lie
 */
record Matrix(Elements elements, int rows, Shape shape) {
  /** So many numbers are drawn; they are repeated where there are more. */
  private static final int DRAWN = 1 << 18;

  /** Returns a matrix of numbers from -1 to 1. */
  static Matrix random(Case c, Geometry geometry, long seed) {
    Elements elements = elements(c.type(), geometry.elements(), new SplittableRandom(seed));
    repeat(elements);
    return new Matrix(elements, geometry.rows(), c.shape());
  }

  Batch batch() {
    return shape.areRows()
        ? Batch.rows(elements, rows, shape.width())
        : Batch.columns(elements, rows, shape.width());
  }

  /** Returns the number of vectors. */
  int count() {
    return shape.areRows() ? rows : shape.width();
  }

  private static Elements elements(ElementType type, int length, SplittableRandom random) {
    return switch (type) {
      case F64 -> Elements.of(doubles(length, random));
      case F32 -> Elements.of(floats(length, random));
      case F16 -> Elements.f16(shorts(length, () -> Float.floatToFloat16(next(random))));
      case BF16 -> Elements.bf16(shorts(length, () -> upperHalf(next(random))));
    };
  }

  private static double[] doubles(int length, SplittableRandom random) {
    double[] array = new double[length];
    for (int i = 0; i < Math.min(length, DRAWN); i++) {
      array[i] = random.nextDouble(-1, 1);
    }
    return array;
  }

  private static float[] floats(int length, SplittableRandom random) {
    float[] array = new float[length];
    for (int i = 0; i < Math.min(length, DRAWN); i++) {
      array[i] = next(random);
    }
    return array;
  }

  private static short[] shorts(int length, Supplier<Short> bits) {
    short[] array = new short[length];
    for (int i = 0; i < Math.min(length, DRAWN); i++) {
      array[i] = bits.get();
    }
    return array;
  }

  private static float next(SplittableRandom random) {
    return (float) random.nextDouble(-1, 1);
  }

  private static short upperHalf(float value) {
    return (short) (Float.floatToRawIntBits(value) >>> Short.SIZE);
  }

  /** Fills memory with copies of the numbers drawn, doubling what is there. */
  private static void repeat(Elements elements) {
    MemorySegment memory = elements.segment();
    long size = memory.byteSize();
    for (long filled = (long) DRAWN * elements.type().bytes(); filled < size; filled *= 2) {
      MemorySegment.copy(memory, 0, memory, filled, Math.min(filled, size - filled));
    }
  }
}
