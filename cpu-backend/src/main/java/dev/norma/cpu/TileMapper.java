package dev.norma.cpu;

import static dev.norma.cpu.ChunkFold.CHUNK;
import static dev.norma.cpu.Species.F64;
import static dev.norma.cpu.Species.WIDTH;

import dev.norma.Batch;
import dev.norma.spi.ElementMap;
import dev.norma.spi.MapPlan;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * Writes or sums functions of the elements of a plan by SIMD, a piece of a vector or of a row of
 * columns at a time: they pass through small arrays that stay in cache. Used by one thread.
 */
final class TileMapper {
  /** So many elements are written at a time. */
  private static final int TILE = 1024;

  private final MapPlan plan;
  private final TileMap map;
  private final Coefficients coefficients;
  private final ElementReader reader = new SimdElementReader();
  private final SimdElementWriter writer = new SimdElementWriter();
  private final TermSum termSum = new TermSum();
  private final double[] x;
  private final double[] second;
  private final ArrayRows counted; // where elements of a size are counted in Java arrays

  TileMapper(MapPlan plan, Coefficients coefficients) {
    this.plan = plan;
    this.coefficients = coefficients;
    map = new TileMap(plan);
    int tile = plan.out() == null ? CHUNK : TILE;
    x = new double[tile];
    second = new double[tile];
    boolean counts = plan.map().kind() == ElementMap.Kind.EQUAL && plan.out() == null;
    counted = counts && plan.second() == null ? new ArrayRows(plan.x()) : null;
  }

  /** Writes elements {@code from} to {@code to} of a vector. */
  void write(int vector, long from, long to) {
    coefficients.moveTo(plan, vector);
    for (long at = from; at < to; at += TILE) {
      int n = (int) Math.min(TILE, to - at);
      reader.read(plan.x(), vector, at, n, x);
      if (plan.second() != null) {
        reader.read(plan.second(), vector, at, n, second);
      }
      map.apply(x, second, n, coefficients, 0);
      if (plan.adds()) {
        reader.read(plan.out(), vector, at, n, second);
        add(n);
      }
      writer.write(x, n, plan.out(), vector, at);
    }
  }

  /**
   * Writes element number {@code row} of the vectors {@code from} to {@code to}, which are
   * neighbours in every batch.
   */
  void writeRow(long row, int from, int to) {
    for (int vector = from; vector < to; vector += TILE) {
      int n = Math.min(TILE, to - vector);
      readRow(plan.x(), row, vector, n, x);
      if (plan.second() != null) {
        readRow(plan.second(), row, vector, n, second);
      }
      map.apply(x, second, n, coefficients, vector);
      if (plan.adds()) {
        readRow(plan.out(), row, vector, n, second);
        add(n);
      }
      writer.write(x, 0, n, plan.out().elements(), position(plan.out(), row, vector), 1);
    }
  }

  private void readRow(Batch batch, long row, int vector, int n, double[] to) {
    reader.widen(batch.elements(), position(batch, row, vector), 1, n, to, 0);
  }

  private static long position(Batch batch, long row, int vector) {
    return batch.layout().start(vector) + batch.layout().elements(vector).offset(row);
  }

  private void add(int n) {
    for (int i = 0; i < n; i += WIDTH) {
      DoubleVector.fromArray(F64, x, i).add(DoubleVector.fromArray(F64, second, i)).intoArray(x, i);
    }
  }

  /** Sums elements {@code from} to {@code from + n} of a vector, at most a chunk. */
  void sum(int vector, long from, int n, double[] hi, double[] lo, int out) {
    if (counted != null && counted.areArray()) {
      hi[out] = count((int) (counted.start(vector) + from), n, plan.coefficients(0)[vector]);
      lo[out] = 0;
      return;
    }
    coefficients.moveTo(plan, vector);
    reader.read(plan.x(), vector, from, n, x);
    map.apply(x, second, n, coefficients, 0);
    if (plan.second() == null) {
      Arrays.fill(second, 0, n, 0);
    } else {
      reader.read(plan.second(), vector, from, n, second);
      products(n);
    }
    termSum.chunk(x, second, n, hi, lo, out);
  }

  private int count(int at, int n, double size) {
    return counted.floats != null
        ? ChoiceKernel.count(counted.floats, at, n, size)
        : ChoiceKernel.count(counted.doubles, at, n, size);
  }

  /** Replaces both operands by their products and the errors of these. */
  private void products(int n) {
    for (int i = 0; i < n; i += WIDTH) {
      DoubleVector y = DoubleVector.fromArray(F64, x, i);
      DoubleVector w = DoubleVector.fromArray(F64, second, i);
      DoubleVector product = y.mul(w);
      y.fma(w, product.neg()).intoArray(second, i);
      product.intoArray(x, i);
    }
  }
}
