package dev.norma.conformance;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Gradients;
import dev.norma.Into;
import dev.norma.Norm;
import dev.norma.Transforms;
import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * Derivatives of vectors that are given as arrays, for tests that look at single numbers.
 *
 * @param gradients what computes them
 * @param type the type of the elements, of which all numbers are
 */
record GradientCalls(Gradients gradients, ElementType type) {
  /** Returns the gradients of some vectors times a factor each. */
  double[][] vjp(Norm norm, double[][] vectors, double... upstream) {
    double[][] results = like(vectors);
    use(
        vectors,
        (x, v) ->
            use(
                results,
                (out, zeros) -> {
                  gradients.vjp(norm, x, upstream, out, Into.REPLACE);
                  read(out, results);
                }));
    return results;
  }

  /** Returns the gradient of one vector. */
  double[] gradient(Norm norm, double... vector) {
    return vjp(norm, new double[][] {vector}, 1)[0];
  }

  /** Returns the derivatives of some vectors in directions. */
  double[] jvp(Norm norm, double[][] vectors, double[][] directions) {
    double[] results = new double[vectors.length];
    use(
        vectors,
        (x, v) ->
            use(
                directions,
                (along, w) ->
                    System.arraycopy(
                        gradients.jvp(norm, x, along), 0, results, 0, results.length)));
    return results;
  }

  /** Returns the products of Hessians of some vectors with directions. */
  double[][] hvp(Norm norm, double[][] vectors, double[][] directions) {
    double[][] results = like(vectors);
    use(
        vectors,
        (x, v) ->
            use(
                directions,
                (along, w) ->
                    use(
                        results,
                        (out, zeros) -> {
                          gradients.hvp(norm, x, along, out);
                          read(out, results);
                        })));
    return results;
  }

  /** Returns the vector-Jacobian products of normalising some vectors. */
  double[][] normalizeVjp(
      Transforms transforms, Norm norm, double[][] vectors, double epsilon, double[][] upstream) {
    double[][] results = like(vectors);
    use(
        vectors,
        (x, v) ->
            use(
                upstream,
                (u, w) ->
                    use(
                        results,
                        (out, zeros) -> {
                          transforms.normalizeVjp(norm, x, epsilon, u, out);
                          read(out, results);
                        })));
    return results;
  }

  private void use(double[][] vectors, BiConsumer<Batch, double[][]> user) {
    new Case("vectors", type, Placement.RAGGED, Memory.ARRAY, () -> vectors).use(user);
  }

  private static double[][] like(double[][] vectors) {
    return Arrays.stream(vectors).map(v -> new double[v.length]).toArray(double[][]::new);
  }

  private static void read(Batch out, double[][] results) {
    for (int i = 0; i < results.length; i++) {
      long start = out.layout().start(i);
      for (int j = 0; j < results[i].length; j++) {
        results[i][j] = out.elements().get(start + j);
      }
    }
  }
}
