package dev.norma;

import dev.norma.spi.PairedLayout;
import java.util.Arrays;
import java.util.List;

/**
 * Differences of the vectors of two batches, element by element, as {@link Batch#difference} views
 * them: computed in binary64 where they are read, and never stored. The elements are of type {@link
 * ElementType#F64}, each rounded once.
 */
public final class DifferenceBatch extends Batch {
  private final Batch x;
  private final Batch y;
  private final double[] xFactors;
  private final double[] yFactors;

  /** Views x − y, or the difference of multiples, of which each vector has its own factors. */
  DifferenceBatch(Batch x, Batch y, double[] xFactors, double[] yFactors) {
    super(x.elements(), new PairedLayout(x.layout(), y.layout()));
    this.x = x;
    this.y = y;
    this.xFactors = xFactors;
    this.yFactors = yFactors;
  }

  /** Returns the vectors from which others are taken. */
  public Batch x() {
    return x;
  }

  /** Returns the vectors that are taken from them. */
  public Batch y() {
    return y;
  }

  /**
   * Returns the difference of two elements of a vector: a − b, or fma(a, f, −(b · g)) where the
   * vector has factors f and g.
   */
  public double of(long vector, double a, double b) {
    return xFactors == null
        ? a - b
        : Math.fma(a, xFactors[(int) vector], -(b * yFactors[(int) vector]));
  }

  @Override
  public ElementType type() {
    return ElementType.F64;
  }

  @Override
  List<Elements> sources() {
    return List.of(x.elements(), y.elements());
  }

  @Override
  public Batch slice(long from, long to) {
    double[] f = xFactors == null ? null : Arrays.copyOfRange(xFactors, (int) from, (int) to);
    double[] g = yFactors == null ? null : Arrays.copyOfRange(yFactors, (int) from, (int) to);
    return new DifferenceBatch(x.slice(from, to), y.slice(from, to), f, g);
  }

  @Override
  Batch select(long[] vectors) {
    return new DifferenceBatch(
        x.select(vectors), y.select(vectors), some(xFactors, vectors), some(yFactors, vectors));
  }

  private static double[] some(double[] factors, long[] vectors) {
    return factors == null
        ? null
        : Arrays.stream(vectors).mapToDouble(vector -> factors[(int) vector]).toArray();
  }

  /** Returns this, as differences are of no other elements. */
  @Override
  public Batch on(Elements elements) {
    if (elements.equals(elements())) {
      return this;
    }
    throw new UnsupportedOperationException("differences of batches are not copied");
  }

  @Override
  public String toString() {
    return "differences of " + x + " and " + y;
  }
}
