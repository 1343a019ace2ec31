package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Norm;
import dev.norma.NormResults;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One vector times every power of two of its type: every norm must scale exactly. */
interface ExponentSweep extends Conformance {
  /** Runs the sweep for vectors of two lengths, as rows and as columns. */
  @ParameterizedTest
  @EnumSource
  default void powersOfTwoScaleExactly(ElementType type) {
    Stream<Norm> far = Norms.FAR_POWERS.stream();
    List<Norm> moderate = far.filter(norm -> Math.abs(Norms.exponent(norm)) > 1).toList();
    sweep(type, 2, Placement.ROWS, List.of(Norm.lp(0.001), Norm.lp(-1e-3)));
    sweep(type, 7, Placement.ROWS, moderate);
    sweep(type, 45, Placement.COLUMNS, moderate);
  }

  private void sweep(ElementType type, int length, Placement placement, List<Norm> powers) {
    List<Norm> norms = Stream.concat(Norms.ALL.stream(), powers.stream()).toList();
    List<Integer> shifts = new ArrayList<>();
    double[][] vectors = scaled(type, length, shifts);
    Case what = new Case("sweep", type, placement, Memory.ARRAY, () -> vectors);
    Unsupported.unlessRefused(
        backend(),
        what.toString(),
        () -> what.use((batch, rows) -> check(norms, batch, rows, shifts)));
  }

  private void check(List<Norm> norms, Batch batch, double[][] vectors, List<Integer> powers) {
    NormResults<Norm> results = subject().norma().norms(norms, batch);
    int unscaled = powers.indexOf(0);
    for (Norm norm : norms) {
      double[] actual = results.of(norm);
      assertTrue(actual[unscaled] >= Double.MIN_NORMAL, () -> "L" + norm + " of the vector itself");
      for (int i = 0; i < actual.length; i++) {
        int power = powers.get(i) * degree(norm);
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

  /** Returns the vector times each power that leaves all elements in the type, exactly. */
  private static double[][] scaled(ElementType type, int length, List<Integer> powers) {
    Format format = Format.of(type);
    double[] vector = new double[length];
    Seeded random = new Seeded(length);
    for (int i = 0; i < length; i++) {
      vector[i] = Math.scalb(8 + random.below(8), -random.below(5)) * (i % 3 == 0 ? -1 : 1);
    }
    List<double[]> vectors = new ArrayList<>();
    for (int power = -1100; power <= 1100; power++) {
      double[] scaled = new double[length];
      boolean exact = true;
      for (int i = 0; i < length; i++) {
        scaled[i] = Math.scalb(vector[i], power);
        exact &= Math.abs(scaled[i]) <= format.largest() && format.holds(scaled[i]);
        exact &= Math.scalb(scaled[i], -power) == vector[i];
      }
      if (exact) {
        vectors.add(scaled);
        powers.add(power);
      }
    }
    return vectors.toArray(double[][]::new);
  }
}
