package dev.norma.cpu;

import static dev.norma.cpu.ChunkFold.CHUNK;

import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.spi.FlatVectors;
import dev.norma.spi.PairSums;
import dev.norma.spi.Primitive;

/** Reduces many short vectors that lie here and there, with little besides for each. */
final class FlatPass {
  private final FlatVectors vectors;
  private final Primitive primitive;
  private final PairSums sums;

  FlatPass(FlatVectors vectors, Primitive primitive) {
    this.vectors = vectors;
    this.primitive = primitive;
    this.sums = new PairSums(vectors.count());
  }

  PairSums run(Workers workers) {
    int count = vectors.count();
    int tasks = Math.clamp(vectors.size() / Tasks.TASK_ELEMENTS, 1, Math.max(1, count));
    workers.run(
        tasks,
        task -> {
          Reducer reducer = new Reducer();
          int to = (int) ((task + 1L) * count / tasks);
          for (int from = (int) ((long) task * count / tasks); from < to; ) {
            int end = Math.min(to, from + Prefetch.VECTORS);
            reducer.vectors(from, end);
            from = end;
          }
        });
    return sums;
  }

  /** Reduces one vector after the other. */
  private final class Reducer {
    private final Kernel kernel = Kernel.of(primitive);
    private final Prefetch prefetch = new Prefetch(vectors);
    private final ElementReader reader = new SimdElementReader();
    private final double[] hi = new double[1];
    private final double[] lo = new double[1];
    private double[] tile64;
    private float[] tile32;

    void vectors(int from, int to) {
      prefetch.run(from, to);
      for (int vector = from; vector < to; vector++) {
        vector(vector);
      }
    }

    private void vector(int vector) {
      int n = vectors.length(vector);
      if (n > 0 && n <= CHUNK) {
        chunk(vector, 0, n, sums.hi(), sums.lo(), vector);
        return;
      }
      ChunkFold fold = ChunkFold.of(primitive, vectors.elements(vector).type());
      for (int from = 0; from < n; from += CHUNK) {
        chunk(vector, from, Math.min(CHUNK, n - from), hi, lo, 0);
        fold.add(hi[0], lo[0]);
      }
      fold.finish();
      sums.hi()[vector] = fold.hi();
      sums.lo()[vector] = fold.lo();
    }

    private void chunk(int vector, int from, int n, double[] toHi, double[] toLo, int out) {
      long start = vectors.start(vector) + from;
      if (vectors.array(vector) instanceof float[] array) {
        kernel.rows(array, (int) start, 0, 1, n, toHi, toLo, out);
      } else if (vectors.array(vector) instanceof double[] array) {
        kernel.rows(array, (int) start, 0, 1, n, toHi, toLo, out);
      } else {
        copied(vectors.elements(vector), start, n, toHi, toLo, out);
      }
    }

    private void copied(Elements from, long start, int n, double[] toHi, double[] toLo, int out) {
      if (from.type() == ElementType.F64) {
        tile64 = tile64 == null ? new double[CHUNK] : tile64;
        reader.copyDoubles(from, start, 1, n, tile64, 0);
        kernel.rows(tile64, 0, 0, 1, n, toHi, toLo, out);
      } else {
        tile32 = tile32 == null ? new float[CHUNK] : tile32;
        reader.copyFloats(from, start, 1, n, tile32, 0);
        kernel.rows(tile32, 0, 0, 1, n, toHi, toLo, out);
      }
    }
  }
}
