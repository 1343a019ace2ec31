package dev.norma.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.Batch;
import dev.norma.DeviceBatch;
import dev.norma.Elements;
import dev.norma.Into;
import dev.norma.Norm;
import dev.norma.Norma;
import java.lang.foreign.MemorySegment;
import java.util.function.Function;

/**
 * Compares the derivatives that a backend computes with those of another one, bit by bit: of
 * elements on the host, and in memory of the backend.
 */
final class GradientBits {
  private final Norma expected;
  private final Norma actual;
  private final Elements elements;

  GradientBits(Norma expected, Norma actual, Elements elements) {
    this.expected = expected;
    this.actual = actual;
    this.elements = elements;
  }

  /** Vectors of some elements. */
  interface Shape extends Function<Elements, Batch> {}

  /** Something that is computed of the vectors x and w, and writes to out, or returns numbers. */
  private interface Derivative {
    double[] of(Norma norma, Batch x, Batch w, Batch out);
  }

  void check(Norm norm, Shape shape) {
    String what = "L" + norm + " of " + shape.apply(elements);
    check(what, shape, (n, x, w, out) -> n.gradients().normsAndGradient(norm, x, out));
    check(what + " added", shape, (n, x, w, out) -> added(norm, n, x, out));
    check(what + " in place", shape, (n, x, w, out) -> added(norm, n, out, out));
    check(what + " jvp", shape, (n, x, w, out) -> n.gradients().jvp(norm, x, w));
    check(what + " hvp", shape, (n, x, w, out) -> along(norm, n, x, w, out));
  }

  private static double[] added(Norm norm, Norma norma, Batch x, Batch out) {
    double[] upstream = new double[(int) x.count()];
    for (int v = 0; v < upstream.length; v++) {
      upstream[v] = v - 1.5;
    }
    norma.gradients().vjp(norm, x, upstream, out, Into.ADD);
    return upstream;
  }

  private static double[] along(Norm norm, Norma norma, Batch x, Batch w, Batch out) {
    norma.gradients().hvp(norm, x, w, out);
    return new double[0];
  }

  private void check(String what, Shape shape, Derivative derivative) {
    Batch x = shape.apply(elements);
    Elements wanted = copy();
    double[] numbers = derivative.of(expected, x, x, shape.apply(wanted));
    Elements written = copy();
    assertArrayEquals(numbers, derivative.of(actual, x, x, shape.apply(written)), what);
    assertEquals(-1, wanted.segment().mismatch(written.segment()), what);
    try (DeviceBatch onX = actual.upload(Batch.of(elements));
        DeviceBatch onOut = actual.upload(Batch.of(elements))) {
      Batch place = shape.apply(onX.elements());
      double[] there = derivative.of(actual, place, place, shape.apply(onOut.elements()));
      onOut.copyTo(written.segment());
      assertArrayEquals(numbers, there, what + ", on the device");
      assertEquals(-1, wanted.segment().mismatch(written.segment()), what + ", on the device");
    }
  }

  private Elements copy() {
    MemorySegment from = elements.segment();
    MemorySegment to = MemorySegment.ofArray(new long[(int) (from.byteSize() + 7) / 8]);
    return Elements.of(to.asSlice(0, from.byteSize()).copyFrom(from), elements.type());
  }
}
