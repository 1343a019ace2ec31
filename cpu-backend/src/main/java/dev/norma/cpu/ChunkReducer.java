package dev.norma.cpu;

import static dev.norma.cpu.ChunkFold.CHUNK;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.spi.Plan;
import dev.norma.spi.Primitive;
import java.util.List;

/**
 * Reduces chunks and rows of the vectors of a plan, all its primitives while the numbers are in
 * cache. Numbers in a Java array of the right type are read where they lie; all others pass through
 * a small array. Used by one thread.
 */
final class ChunkReducer {
  private final Batch batch;
  private final Elements elements;
  private final double[] doubles; // the array that the numbers lie in, if it is of this type
  private final float[] floats;
  private final Plan plan;
  private final Kernel[] kernels;
  private final PowerSum[] powers;
  private final ElementReader reader = new SimdElementReader();
  private final boolean wide;
  private final double[] tile64;
  private final float[] tile32;

  ChunkReducer(Plan plan) {
    this.plan = plan;
    this.batch = plan.batch();
    this.elements = batch.elements();
    doubles = elements.array() instanceof double[] array ? array : null;
    floats = elements.array() instanceof float[] array ? array : null;
    List<Primitive> primitives = plan.primitives();
    kernels = new Kernel[primitives.size()];
    powers = new PowerSum[primitives.size()];
    for (int i = 0; i < kernels.length; i++) {
      if (isPower(i)) {
        powers[i] = new PowerSum(primitives.get(i).exponent());
      } else {
        kernels[i] = Kernel.of(primitives.get(i));
      }
    }
    wide = batch.type() == ElementType.F64 || plan.scaled();
    boolean inArray = doubles != null || floats != null;
    int tile = inArray && batch.layout().contiguous() && !plan.scaled() ? 0 : CHUNK;
    tile64 = wide ? new double[tile] : null;
    tile32 = wide ? null : new float[tile];
  }

  private boolean isPower(int i) {
    return plan.primitives().get(i).kind() == Primitive.Kind.POW_SUM;
  }

  /** Reduces elements {@code from} to {@code from + n} of a vector, at most a chunk. */
  void chunk(int vector, long from, int n, double[][] hi, double[][] lo, int out) {
    if (plan.scaled()) {
      reader.read(batch, vector, from, n, tile64);
      scaledChunk(plan.scale(vector), n, hi, lo, out);
    } else if (batch.layout().contiguous()) {
      rows(batch.layout().start(vector) + from, n, 1, n, hi, lo, out);
    } else if (wide) {
      reader.read(batch, vector, from, n, tile64);
      reduce(tile64, 0, 0, 1, n, hi, lo, out);
    } else {
      reader.read(batch, vector, from, n, tile32);
      reduce(tile32, 0, 0, 1, n, hi, lo, out);
    }
  }

  private void scaledChunk(double scale, int n, double[][] hi, double[][] lo, int out) {
    for (int i = 0; i < kernels.length; i++) {
      if (powers[i] != null) {
        powers[i].chunk(tile64, n, scale, hi[i], lo[i], out);
      }
    }
    double factor = 1 / scale;
    for (int k = 0; k < n; k++) {
      tile64[k] *= factor;
    }
    for (int i = 0; i < kernels.length; i++) {
      if (kernels[i] != null) {
        kernels[i].rows(tile64, 0, 0, 1, n, hi[i], lo[i], out);
      }
    }
  }

  /**
   * Reduces rows of n neighbouring elements, the first at {@code position} and each {@code stride}
   * behind the one before; together they are at most a chunk.
   */
  void rows(long position, long stride, int rows, int n, double[][] hi, double[][] lo, int out) {
    if (doubles != null) {
      reduce(doubles, (int) position, (int) stride, rows, n, hi, lo, out);
    } else if (floats != null) {
      reduce(floats, (int) position, (int) stride, rows, n, hi, lo, out);
    } else {
      boolean packed = stride == n;
      for (int row = 0; row < (packed ? 1 : rows); row++) {
        copy(position + row * stride, row * n, packed ? rows * n : n);
      }
      if (wide) {
        reduce(tile64, 0, n, rows, n, hi, lo, out);
      } else {
        reduce(tile32, 0, n, rows, n, hi, lo, out);
      }
    }
  }

  private void copy(long position, int at, int n) {
    if (wide) {
      reader.copyDoubles(elements, position, 1, n, tile64, at);
    } else {
      reader.copyFloats(elements, position, 1, n, tile32, at);
    }
  }

  private void reduce(
      double[] a, int offset, int stride, int rows, int n, double[][] hi, double[][] lo, int out) {
    for (int i = 0; i < kernels.length; i++) {
      kernels[i].rows(a, offset, stride, rows, n, hi[i], lo[i], out);
    }
  }

  private void reduce(
      float[] a, int offset, int stride, int rows, int n, double[][] hi, double[][] lo, int out) {
    for (int i = 0; i < kernels.length; i++) {
      kernels[i].rows(a, offset, stride, rows, n, hi[i], lo[i], out);
    }
  }
}
