package dev.norma.conformance.check;

import dev.norma.Batch;
import dev.norma.DeviceBatch;
import dev.norma.Elements;
import dev.norma.Gradients;
import dev.norma.Into;
import dev.norma.Norm;
import dev.norma.Norma;
import dev.norma.conformance.Case;
import dev.norma.spi.DeviceMemory;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Gradients, vector-Jacobian, Jacobian-vector and Hessian-vector products of one norm, of data
 * where it is and uploaded.
 */
record DerivativeCheck(String group, Case what, Norm norm) implements Check {
  @Override
  public String name() {
    return "derivatives of L" + norm + ", " + group + ": " + what;
  }

  @Override
  public void run(Side tested, Side peer, Differences differences) {
    what.use(
        (x, vectors) -> {
          Results expected = new Results(vectors);
          expected.compute(peer.norma().gradients(), x);
          Results actual = new Results(vectors);
          actual.compute(tested.norma().gradients(), x);
          expected.compare(differences, "", actual);
          if (hasMemory(tested)) {
            Results uploaded = new Results(vectors);
            uploaded.computeThere(tested.norma(), x);
            expected.compare(differences, "on the device, ", uploaded);
          }
        });
  }

  private static boolean hasMemory(Side side) {
    Optional<DeviceMemory> memory = side.backend().upload(MemorySegment.ofArray(new byte[1]));
    memory.ifPresent(DeviceMemory::close);
    return memory.isPresent();
  }

  /** All derivatives on one side; the second operand is x itself. */
  private final class Results {
    private final double[][] vectors;
    private final long[] offsets;
    private final Elements room;
    private double[] norms;
    private double[] jvp;
    private double[] gradient;
    private double[] vjp;
    private double[] hvp;

    Results(double[][] vectors) {
      this.vectors = vectors;
      offsets = new long[vectors.length + 1];
      for (int i = 0; i < vectors.length; i++) {
        offsets[i + 1] = offsets[i] + vectors[i].length;
      }
      long bytes = offsets[vectors.length] * what.type().bytes();
      MemorySegment memory = MemorySegment.ofArray(new long[(int) (bytes / Long.BYTES) + 1]);
      room = Elements.of(memory.asSlice(0, bytes), what.type());
    }

    void compute(Gradients gradients, Batch x) {
      compute(gradients, x, place(room), () -> {});
    }

    /** The same of vectors that were uploaded, and so is the place of the values. */
    void computeThere(Norma norma, Batch x) {
      try (DeviceBatch there = norma.upload(x);
          DeviceBatch out = norma.upload(place(room))) {
        compute(norma.gradients(), there, out, () -> out.copyTo(room.segment()));
      }
    }

    /** Computes all, with something to do before values are looked at. */
    private void compute(Gradients gradients, Batch x, Batch out, Runnable back) {
      norms = gradients.normsAndGradient(norm, x, out);
      gradient = values(back);
      double[] upstream = IntStream.range(0, vectors.length).mapToDouble(i -> i - 1.5).toArray();
      gradients.vjp(norm, x, upstream, out, Into.ADD);
      vjp = values(back);
      jvp = gradients.jvp(norm, x, x);
      gradients.hvp(norm, x, x, out);
      hvp = values(back);
    }

    /** Vectors of one length are written as rows: a device has kernels for these. */
    private Batch place(Elements elements) {
      int count = vectors.length;
      int length = count == 0 ? 0 : vectors[0].length;
      boolean alike = Arrays.stream(vectors).allMatch(vector -> vector.length == length);
      return alike ? Batch.rows(elements, count, length) : Batch.ragged(elements, offsets);
    }

    private double[] values(Runnable back) {
      back.run();
      double[] values = new double[(int) offsets[vectors.length]];
      Arrays.setAll(values, room::get);
      return values;
    }

    void compare(Differences differences, String where, Results actual) {
      differences.compare(where + "norm of vector", 0, norms, actual.norms, this::input);
      differences.compare(where + "jvp of vector", 0, jvp, actual.jvp, this::input);
      compare(differences, where + "gradient", gradient, actual.gradient);
      compare(differences, where + "vjp, added", vjp, actual.vjp);
      compare(differences, where + "hvp", hvp, actual.hvp);
    }

    private void compare(Differences differences, String name, double[] expected, double[] actual) {
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

    private String input(int vector) {
      return ElementBits.show(what.type(), vectors[vector]);
    }
  }
}
