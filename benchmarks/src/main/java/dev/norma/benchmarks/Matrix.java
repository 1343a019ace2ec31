package dev.norma.benchmarks;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Elements;
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
    return repeat(array, length);
  }

  private static float[] floats(int length, SplittableRandom random) {
    float[] array = new float[length];
    for (int i = 0; i < Math.min(length, DRAWN); i++) {
      array[i] = next(random);
    }
    return repeat(array, length);
  }

  private static short[] shorts(int length, Supplier<Short> bits) {
    short[] array = new short[length];
    for (int i = 0; i < Math.min(length, DRAWN); i++) {
      array[i] = bits.get();
    }
    return repeat(array, length);
  }

  private static float next(SplittableRandom random) {
    return (float) random.nextDouble(-1, 1);
  }

  private static short upperHalf(float value) {
    return (short) (Float.floatToRawIntBits(value) >>> Short.SIZE);
  }

  /** Fills an array with copies of its first elements, doubling what is there, and returns it. */
  @SuppressWarnings("SuspiciousSystemArraycopy") // T is an array
  private static <T> T repeat(T array, int length) {
    for (long filled = DRAWN; filled < length; filled *= 2) {
      int from = (int) filled;
      System.arraycopy(array, 0, array, from, Math.min(from, length - from));
    }
    return array;
  }
}
