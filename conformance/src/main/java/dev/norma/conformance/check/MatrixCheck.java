package dev.norma.conformance.check;

import dev.norma.ElementType;
import dev.norma.Matrices;
import dev.norma.MatrixNorm;
import dev.norma.NormResults;
import dev.norma.conformance.MatrixCase;
import dev.norma.conformance.Norms;

/** All norms of the matrices of one shape. */
record MatrixCheck(ElementType type, int shape) implements Check {
  @Override
  public String name() {
    return "matrices: " + MatrixCase.name(type, shape);
  }

  @Override
  public void run(Side tested, Side peer, Differences differences) {
    for (MatrixCase one : MatrixCase.of(type, shape)) {
      Matrices matrices = one.matrices();
      NormResults<MatrixNorm> expected = peer.norma().matrixNorms(Norms.MATRIX, matrices);
      NormResults<MatrixNorm> actual = tested.norma().matrixNorms(Norms.MATRIX, matrices);
      for (MatrixNorm norm : Norms.MATRIX) {
        differences.compare(
            norm + " of " + one + ", matrix",
            0,
            expected.of(norm),
            actual.of(norm),
            i -> "as the case has it");
      }
    }
  }
}
