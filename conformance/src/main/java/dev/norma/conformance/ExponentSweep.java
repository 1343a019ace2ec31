package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Norm;
import dev.norma.NormResults;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One vector times every power of two of its type: every norm must scale exactly. */
interface ExponentSweep extends Conformance {
  /** Runs the sweeps of a type. */
  @ParameterizedTest
  @EnumSource
  default void powersOfTwoScaleExactly(ElementType type) {
    Sweep.of(type).forEach(this::run);
  }

  private void run(Sweep sweep) {
    Case what = sweep.what();
    Unsupported.unlessRefused(
        backend(),
        what.toString(),
        () -> what.use((batch, rows) -> check(sweep.norms(), batch, rows, sweep.powers())));
  }

  private void check(List<Norm> norms, Batch batch, double[][] vectors, List<Integer> powers) {
    NormResults<Norm> results = subject().norma().norms(norms, batch);
    int unscaled = powers.indexOf(0);
    for (Norm norm : norms) {
      double[] actual = results.of(norm);
      assertTrue(actual[unscaled] >= Double.MIN_NORMAL, () -> "L" + norm + " of the vector itself");
      for (int i = 0; i < actual.length; i++) {
        int power = powers.get(i) * degree(norm);
        double reference = ReferenceNorm.of(norm, batch.type(), vectors[i]);
        Bits.assertSame(
            reference, actual[i], () -> "L" + norm + " times 2^" + power + " of the reference");
        double expected = Math.scalb(actual[unscaled], power);
        if (expected >= Double.MIN_NORMAL && expected <= Double.MAX_VALUE) {
          Bits.assertSame(expected, actual[i], () -> "L" + norm + " times 2^" + power);
        } else if (Norms.SIMPLE.contains(norm)) {
          String complaint =
              Bounds.of(norm, batch.type())
                  .complaint(actual[i], new Exact(vectors[i]).norm(norm))
                  .orElse("");
          assertTrue(complaint.isEmpty(), () -> "L" + norm + " times 2^" + power + complaint);
        }
      }
    }
  }

  private static int degree(Norm norm) {
    if (norm.equals(Norm.L0)) {
      return 0;
    }
    return norm.equals(Norm.SQUARED_L2) ? 2 : 1;
  }
}
