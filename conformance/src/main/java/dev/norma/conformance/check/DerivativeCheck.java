package dev.norma.conformance.check;

import dev.norma.Batch;
import dev.norma.Elements;
import dev.norma.Gradients;
import dev.norma.Into;
import dev.norma.Norm;
import dev.norma.conformance.Case;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Gradients, vector-Jacobian, Jacobian-vector and Hessian-vector products of one norm. */
record DerivativeCheck(String group, Case what, Norm norm) implements Check {
  @Override
  public String name() {
    return "derivatives of L" + norm + ", " + group + ": " + what;
  }

  @Override
  public void run(Side tested, Side peer, Differences differences) {
    what.use(
        (x, vectors) -> {
          Results expected = new Results(peer.norma().gradients(), x, vectors);
          Results actual = new Results(tested.norma().gradients(), x, vectors);
          differences.compare("norm of vector", 0, expected.norms, actual.norms, expected::input);
          differences.compare("jvp of vector", 0, expected.jvp, actual.jvp, expected::input);
          expected.compare(differences, "gradient", expected.gradient, actual.gradient);
          expected.compare(differences, "vjp, added", expected.vjp, actual.vjp);
          expected.compare(differences, "hvp", expected.hvp, actual.hvp);
        });
  }

  /** All derivatives on one side; the second operand is x itself. */
  private final class Results {
    private final double[][] vectors;
    private final long[] offsets;
    private final double[] norms;
    private final double[] jvp;
    private final double[] gradient;
    private final double[] vjp;
    private final double[] hvp;

    Results(Gradients gradients, Batch x, double[][] vectors) {
      this.vectors = vectors;
      offsets = new long[vectors.length + 1];
      for (int i = 0; i < vectors.length; i++) {
        offsets[i + 1] = offsets[i] + vectors[i].length;
      }
      Batch out = room();
      norms = gradients.normsAndGradient(norm, x, out);
      gradient = values(out);
      double[] upstream = IntStream.range(0, vectors.length).mapToDouble(i -> i - 1.5).toArray();
      gradients.vjp(norm, x, upstream, out, Into.ADD);
      vjp = values(out);
      jvp = gradients.jvp(norm, x, x);
      gradients.hvp(norm, x, x, out);
      hvp = values(out);
    }

    private Batch room() {
      long bytes = offsets[vectors.length] * what.type().bytes();
      MemorySegment memory = MemorySegment.ofArray(new long[(int) (bytes / Long.BYTES) + 1]);
      return Batch.ragged(Elements.of(memory.asSlice(0, bytes), what.type()), offsets);
    }

    private double[] values(Batch batch) {
      double[] values = new double[(int) offsets[vectors.length]];
      Arrays.setAll(values, i -> batch.elements().get(i));
      return values;
    }

    void compare(Differences differences, String name, double[] expected, double[] actual) {
      for (int i = 0; i < vectors.length; i++) {
        int vector = i;
        int from = (int) offsets[i];
        int to = (int) offsets[i + 1];
        differences.compare(
            name + " of vector " + i + ", element",
            0,
            Arrays.copyOfRange(expected, from, to),
            Arrays.copyOfRange(actual, from, to),
            element -> input(vector));
      }
    }

    String input(int vector) {
      return ElementBits.show(what.type(), vectors[vector]);
    }
  }
}
