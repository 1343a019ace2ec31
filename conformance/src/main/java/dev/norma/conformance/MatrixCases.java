package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.norma.ElementType;
import dev.norma.Matrices;
import dev.norma.MatrixNorm;
import dev.norma.NormResults;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Norms of matrices: shapes with empty axes too, either memory order, any two axes as a matrix. */
interface MatrixCases extends Conformance {
  /** Runs every shape. */
  @TestFactory
  default Stream<DynamicTest> matrices() {
    return Stream.of(ElementType.values())
        .flatMap(type -> IntStream.range(0, MatrixCase.shapes()).mapToObj(i -> matrices(type, i)));
  }

  /** The vectors that are hardest to finish, each as the only column of a matrix. */
  @Test
  default void hardColumns() {
    Unsupported.unlessRefused(
        backend(),
        "hard columns",
        () -> {
          check(MatrixCase.column(ElementType.F64, "overflowing parts", Extremes.partsOverflow()));
          check(MatrixCase.column(ElementType.F32, "a root halfway", Extremes.rootHalfway()));
        });
  }

  private DynamicTest matrices(ElementType type, int shape) {
    String name = MatrixCase.name(type, shape);
    return DynamicTest.dynamicTest(
        name,
        () ->
            Unsupported.unlessRefused(
                backend(), name, () -> MatrixCase.of(type, shape).forEach(this::check)));
  }

  private void check(MatrixCase name) {
    Matrices matrices = name.matrices();
    NormResults<MatrixNorm> results =
        subject().norma().matrixNorms(Norms.MATRIX, matrices, new LongAdder());
    Cube cube = new Cube(name);
    assertEquals(cube.count(), matrices.count(), name::toString);
    for (MatrixNorm norm : Norms.MATRIX) {
      double[] actual = results.of(norm);
      Bits.assertSame(
          actual, subject().norma().norms(norm, matrices), () -> norm + " alone, " + name);
      subject()
          .peer()
          .ifPresent(
              peer ->
                  Bits.assertSame(peer.norms(norm, matrices), actual, () -> norm + ", " + name));
      for (int i = 0; i < actual.length; i++) {
        check(norm, actual[i], cube.rows(i), cube.byColumns(), name);
      }
    }
  }

  private static void check(
      MatrixNorm norm, double actual, double[][] rows, boolean byColumns, MatrixCase name) {
    double expected = ReferenceMatrixNorm.of(norm, name.type(), rows, byColumns);
    Bits.assertSame(expected, actual, () -> norm + " of the reference, " + name);
    Bounds.of(norm, name.type())
        .complaint(actual, Exact.norm(norm, rows))
        .ifPresent(complaint -> fail(norm + ": " + complaint + "; " + name));
  }
}
