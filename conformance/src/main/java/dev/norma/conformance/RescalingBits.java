package dev.norma.conformance;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Norm;
import dev.norma.Norma;
import dev.norma.Transforms;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Vectors that are normalised, clipped, projected and shrunk: the bits of the scalar backend. */
interface RescalingBits extends Conformance {
  /** The norms that every transform takes but those of balls. */
  List<Norm> RESCALING_NORMS = List.of(Norm.L1, Norm.L2, Norm.LINF, Norm.lp(3));

  /** A transform of x, and of a second operand if it takes one, to a batch apart from both. */
  interface Transform {
    void apply(Transforms transforms, Batch x, Batch u, Batch out);
  }

  /** Rows, segments of different lengths, and columns, to places of all kinds. */
  @ParameterizedTest
  @EnumSource
  default void transformsHaveTheBitsOfTheScalarBackend(ElementType type) {
    int number = 0;
    for (Placement placement : List.of(Placement.ROWS, Placement.RAGGED, Placement.COLUMNS)) {
      double[][] vectors = vectors(type, placement == Placement.RAGGED);
      Case x = new Case("transforms", type, placement, Memory.ARRAY, () -> vectors);
      for (Norm norm : RESCALING_NORMS) {
        same(x, ++number, norm, "normalize", (t, a, u, out) -> t.normalize(norm, a, 1e-3, out));
        same(x, ++number, norm, "vjp", (t, a, u, out) -> t.normalizeVjp(norm, a, 1e-3, u, out));
        same(x, ++number, norm, "clip", (t, a, u, out) -> t.clip(norm, a, 0.5, out));
      }
      for (Norm norm : Norms.BALLS) {
        same(x, ++number, norm, "project", (t, a, u, out) -> t.project(norm, a, 0.5, out));
        same(x, ++number, norm, "prox", (t, a, u, out) -> t.prox(norm, a, 0.5, out));
      }
    }
  }

  /** Vectors of all sizes; one has several chunks, and some are empty or special. */
  private static double[][] vectors(ElementType type, boolean ragged) {
    Seeded random = new Seeded(31);
    Family[] families = Family.values();
    double[][] vectors = new double[ragged ? 9 : 18][];
    for (int i = 0; i < vectors.length; i++) {
      int length = ragged ? new int[] {77, 0, 1, 33, 4099}[i % 5] : 77;
      vectors[i] = families[i % families.length].vector(type, length, random);
    }
    vectors[3][5] = Double.NaN;
    vectors[5][7] = Double.NEGATIVE_INFINITY;
    return vectors;
  }

  private void same(Case what, int number, Norm norm, String name, Transform transform) {
    String full = "%s by L%s, %s".formatted(name, norm, what);
    Unsupported.unlessRefused(backend(), full, () -> same(what, number, full, transform));
  }

  private void same(Case what, int number, String name, Transform transform) {
    Norma peer = subject().peer().orElse(subject().norma());
    double[][] vectors = what.vectors().get();
    Case second = Room.readable(what.type(), vectors, number);
    Case mine = Room.writable(what.type(), vectors, number);
    what.use(
        (x, values) ->
            second.use(
                (u, w) ->
                    mine.use(
                        (out, was) ->
                            mine.use(
                                (expected, too) -> {
                                  transform.apply(subject().norma().transforms(), x, u, out);
                                  transform.apply(peer.transforms(), x, u, expected);
                                  Image.of(expected, mine, too)
                                      .compare(out.elements(), () -> name + ", to " + mine);
                                }))));
  }
}
