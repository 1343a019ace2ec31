package dev.norma.conformance;

import static dev.norma.conformance.Refusals.canaries;
import static dev.norma.conformance.Refusals.illegal;
import static dev.norma.conformance.Refusals.refused;
import static dev.norma.conformance.Refusals.untouched;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.Gradients;
import dev.norma.Into;
import dev.norma.Matrices;
import dev.norma.MatrixNorm;
import dev.norma.NdArray;
import dev.norma.Norm;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Derivatives that make no sense are refused by a message that names the argument. */
interface GradientMisuse extends Conformance {
  /** Tries all methods that write with a place that is refused. */
  private void illegalOut(Batch x, Batch out, String... words) {
    Gradients gradients = subject().norma().gradients();
    double[] factors = new double[(int) x.count()];
    for (Norm norm : List.of(Norm.L0, Norm.L2, Norm.lp(3))) {
      illegal(() -> gradients.gradient(norm, x, out), words);
      illegal(() -> gradients.normsAndGradient(norm, x, out), words);
      illegal(() -> gradients.vjp(norm, x, factors, out, Into.ADD), words);
      illegal(() -> gradients.hvp(norm, x, x, out), words);
    }
  }

  /** Places of another type, with another number of vectors, or of other lengths. */
  @Test
  default void placesThatDoNotFit() {
    double[] out = canaries(8);
    Batch x = Batch.rows(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
    float[] floats = {1, 2, 3, 4, 5, 6};
    illegalOut(x, Batch.rows(floats, 2, 3), "out", "F32", "F64");
    illegalOut(x, Batch.rows(out, 1, 3), "out", "1 vectors", "2");
    illegalOut(x, Batch.rows(out, 2, 4), "out", "vector 0", "4 elements", "3");
    illegalOut(x, Batch.ragged(out, new long[] {0, 3, 5}), "out", "vector 1", "2 elements", "3");
    Batch ragged = Batch.ragged(new double[5], new long[] {0, 3, 5});
    illegalOut(ragged, Batch.rows(out, 2, 3), "out", "vector 1", "3 elements", "2");
    untouched(out);
  }

  /** Places that cannot be written to, each alone. */
  @Test
  default void placesThatCannotBeWritten() {
    double[] out = canaries(6);
    Batch x = Batch.rows(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
    MemorySegment readOnly = MemorySegment.ofArray(out).asReadOnly();
    Elements elements = Elements.of(readOnly, ElementType.F64);
    illegalOut(x, Batch.rows(elements, 2, 3), "out", "read-only");
    long[] shape = {2, 3};
    for (long[] strides : new long[][] {{0, 1}, {1, 0}, {1, 1}, {0, 0}, {1, -1}}) {
      NdArray array = NdArray.strided(Elements.of(out), 2, shape, strides);
      illegalOut(x, Batch.along(array, 1), "out", "several", "same place");
    }
    untouched(out);
  }

  /** Places of which some are to be read, as other elements. */
  @Test
  default void placesThatOverlap() {
    double[] memory = canaries(9);
    Elements elements = Elements.of(memory);
    Batch x = Batch.rows(elements, 0, 2, 3, 3);
    illegalOut(x, Batch.rows(elements, 1, 2, 3, 3), "out", "overlaps");
    illegalOut(x, Batch.rows(elements, 3, 2, 3, 3), "out", "overlaps");
    illegalOut(x, Batch.rows(elements, 0, 2, 3, 4), "out", "overlaps");
    illegalOut(x, Batch.columns(elements, 0, 3, 2, 2), "out", "overlaps");
    Elements behind = Elements.of(MemorySegment.ofArray(memory).asSlice(8), ElementType.F64);
    illegalOut(x, Batch.rows(behind, 0, 2, 3, 3), "out", "overlaps");
    Batch apart = Batch.rows(new double[6], 2, 3);
    Gradients gradients = subject().norma().gradients();
    illegal(
        () -> gradients.hvp(Norm.L2, apart, x, Batch.rows(elements, 1, 2, 3, 3)),
        "out",
        "overlaps");
    untouched(memory);
  }

  /** Factors and directions that do not fit. */
  @Test
  default void operands() {
    Gradients gradients = subject().norma().gradients();
    double[] place = canaries(6);
    Batch out = Batch.rows(place, 2, 3);
    Batch x = Batch.rows(new double[6], 2, 3);
    Batch longer = Batch.rows(new double[8], 2, 4);
    Batch more = Batch.rows(new double[9], 3, 3);
    Batch floats = Batch.rows(new float[6], 2, 3);
    for (double[] factors : new double[][] {{}, {1}, {1, 2, 3}}) {
      String length = Integer.toString(factors.length);
      Executable call = () -> gradients.vjp(Norm.L2, x, factors, out, Into.REPLACE);
      illegal(call, "upstream", length, "2 vectors");
    }
    for (Batch bad : List.of(longer, more, floats)) {
      illegal(() -> gradients.jvp(Norm.L2, x, bad), "tangent");
      illegal(() -> gradients.hvp(Norm.L2, x, bad, out), "direction");
    }
    untouched(place);
  }

  /** Matrices of other sizes, though of as many elements, and as many rows or columns in all. */
  @Test
  default void matricesThatDoNotFit() {
    Gradients gradients = subject().norma().gradients();
    double[] place = canaries(12);
    Elements x = Elements.of(new double[12]);
    Matrices two = Matrices.along(NdArray.of(x, 2, 3, 2), 1, 2);
    Matrices one = Matrices.of(x, 6, 2);
    Matrices turned = Matrices.along(NdArray.of(Elements.of(place), 2, 2, 3), 1, 2);
    for (MatrixNorm norm : List.of(MatrixNorm.FROBENIUS, MatrixNorm.INDUCED_INF, MatrixNorm.L21)) {
      for (Matrices bad : List.of(turned, Matrices.of(place, 6, 2))) {
        String size = bad == turned ? "2 matrices of 2 x 3" : "1 matrices of 6 x 2";
        illegal(() -> gradients.gradient(norm, two, bad), "out: " + size, "2 matrices of 3 x 2");
        illegal(() -> gradients.hvp(norm, two, two, bad), "out: " + size);
        illegal(() -> gradients.hvp(norm, two, bad, two), "direction: " + size);
        illegal(() -> gradients.jvp(norm, two, bad), "tangent: " + size);
      }
      double[] factors = {1};
      illegal(() -> gradients.vjp(norm, two, factors, two, Into.REPLACE), "upstream: 1", "2");
      illegal(() -> gradients.jvp(norm, one, two), "tangent");
    }
    untouched(place);
  }

  /** Nulls among matrices are named. */
  @Test
  default void nullMatrices() {
    Gradients gradients = subject().norma().gradients();
    Matrices x = Matrices.of(new double[] {3}, 1, 1);
    MatrixNorm norm = MatrixNorm.FROBENIUS;
    double[] one = {1};
    Class<NullPointerException> type = NullPointerException.class;
    refused(type, () -> gradients.vjp(norm, null, one, x, Into.ADD), "x");
    refused(type, () -> gradients.vjp(norm, x, null, x, Into.ADD), "upstream");
    refused(type, () -> gradients.vjp(norm, x, one, null, Into.ADD), "out");
    refused(type, () -> gradients.jvp(norm, null, x), "x");
    refused(type, () -> gradients.jvp(norm, x, null), "tangent");
    refused(type, () -> gradients.hvp(norm, x, null, x), "direction");
    refused(type, () -> gradients.hvp(norm, x, x, null), "out");
  }

  /** Nulls are named. */
  @Test
  default void nullArguments() {
    Gradients gradients = subject().norma().gradients();
    double[] place = canaries(1);
    Batch out = Batch.of(place);
    Batch x = Batch.of(3.0);
    double[] one = {1};
    Class<NullPointerException> type = NullPointerException.class;
    refused(type, () -> gradients.gradient(null, x, out), "norm");
    refused(type, () -> gradients.gradient(Norm.L2, null, out), "x");
    refused(type, () -> gradients.gradient(Norm.L2, x, null), "out");
    refused(type, () -> gradients.vjp(null, x, one, out, Into.ADD), "norm");
    refused(type, () -> gradients.vjp(Norm.L2, null, one, out, Into.ADD), "x");
    refused(type, () -> gradients.vjp(Norm.L2, x, null, out, Into.ADD), "upstream");
    refused(type, () -> gradients.vjp(Norm.L2, x, one, null, Into.ADD), "out");
    refused(type, () -> gradients.vjp(Norm.L2, x, one, out, null), "into");
    refused(type, () -> gradients.jvp(null, x, x), "norm");
    refused(type, () -> gradients.jvp(Norm.L2, null, x), "x");
    refused(type, () -> gradients.jvp(Norm.L2, x, null), "tangent");
    refused(type, () -> gradients.hvp(null, x, x, out), "norm");
    refused(type, () -> gradients.hvp(Norm.L2, null, x, out), "x");
    refused(type, () -> gradients.hvp(Norm.L2, x, null, out), "direction");
    refused(type, () -> gradients.hvp(Norm.L2, x, x, null), "out");
    untouched(place);
  }
}
