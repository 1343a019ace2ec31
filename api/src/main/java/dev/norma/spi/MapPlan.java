package dev.norma.spi;

import dev.norma.Batch;
import dev.norma.Elements;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What a backend does with every element of every vector: it writes f(x), or f(x, w) where there is
 * a second operand, or else sums f(x), or f(x) · w. The vectors of all batches have the same
 * lengths. Made and checked by the façade; not changed by anyone afterwards.
 */
public final class MapPlan {
  private final ElementMap map;
  private final double[][] coefficients;
  private final Batch x;
  private final Batch second;
  private final Batch out;
  private final boolean adds;

  private MapPlan(
      ElementMap map, double[][] coefficients, Batch x, Batch second, Batch out, boolean adds) {
    this.map = map;
    this.coefficients = coefficients;
    this.x = x;
    this.second = second;
    this.out = out;
    this.adds = adds;
  }

  /**
   * Makes a plan of which the values are written.
   *
   * @param coefficients {@code coefficients[k][v]} is coefficient k of vector v
   * @param second what else the function looks at, or null
   * @param out where the values go, of the same type; each at the place of its x, or apart from all
   *     that is read
   * @param adds whether they are added to what is there
   */
  public static MapPlan writing(
      ElementMap map, double[][] coefficients, Batch x, Batch second, Batch out, boolean adds) {
    return new MapPlan(map, coefficients, x, second, out, adds);
  }

  /**
   * Makes a plan of which the values are summed.
   *
   * @param second what each value is multiplied by, or null
   */
  public static MapPlan summing(ElementMap map, double[][] coefficients, Batch x, Batch second) {
    return new MapPlan(map, coefficients, x, second, null, false);
  }

  /** Returns the function. */
  public ElementMap map() {
    return map;
  }

  /** Returns a coefficient of every vector. */
  public double[] coefficients(int k) {
    return coefficients[k];
  }

  /** Returns the vectors that the function is of; there are fewer than 2<sup>31</sup>. */
  public Batch x() {
    return x;
  }

  /** Returns what else is read, or null. */
  public Batch second() {
    return second;
  }

  /** Returns where the values go, or null where they are summed. */
  public Batch out() {
    return out;
  }

  /** Tells whether values are added to what is there. */
  public boolean adds() {
    return adds;
  }

  /** Returns all batches that there are: x, the second operand, and where values go. */
  public List<Batch> batches() {
    return Stream.of(x, second, out).filter(Objects::nonNull).toList();
  }

  /** Returns the number of vectors. */
  public int count() {
    return Math.toIntExact(x.count());
  }

  /** Returns the same of the vectors {@code from} (inclusive) to {@code to} (exclusive). */
  public MapPlan slice(int from, int to) {
    double[][] some =
        Arrays.stream(coefficients)
            .map(c -> Arrays.copyOfRange(c, from, to))
            .toArray(double[][]::new);
    return new MapPlan(
        map, some, x.slice(from, to), slice(second, from, to), slice(out, from, to), adds);
  }

  /** Returns the same of vectors that lie at the same positions of other elements. */
  public MapPlan on(UnaryOperator<Elements> others) {
    return new MapPlan(map, coefficients, on(x, others), on(second, others), on(out, others), adds);
  }

  private static Batch on(Batch batch, UnaryOperator<Elements> others) {
    return batch == null ? null : batch.on(others.apply(batch.elements()));
  }

  private static Batch slice(Batch batch, int from, int to) {
    return batch == null ? null : batch.slice(from, to);
  }

  @Override
  public String toString() {
    return map + " of " + x;
  }
}
