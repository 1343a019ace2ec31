package dev.norma.conformance;

import dev.norma.Batch;
import dev.norma.DeviceBatch;
import dev.norma.Gradients;
import dev.norma.Into;
import dev.norma.Norm;
import java.util.Arrays;

/** The derivatives of one norm of some vectors: what a backend makes of them, and the reference. */
final class Derivatives {
  private static final double[] UPSTREAM = {
    1,
    -1.7,
    0,
    0.3,
    -1e-3,
    1e300,
    -Double.MIN_VALUE,
    Double.MAX_VALUE,
    -0.0,
    0x1.8p-1050,
    -1e308,
    Double.NaN,
    Double.NEGATIVE_INFINITY,
    3e-310,
    7,
    2
  };

  private final Subject subject;
  private final Norm norm;
  private final Batch x;
  private final double[][] vectors;
  private final ReferenceGradient[] reference;

  private Derivatives(
      Subject subject, Norm norm, Batch x, double[][] vectors, ReferenceGradient[] reference) {
    this.subject = subject;
    this.norm = norm;
    this.x = x;
    this.vectors = vectors;
    this.reference = reference;
  }

  Derivatives(Subject subject, Norm norm, Batch x, double[][] vectors) {
    this(
        subject,
        norm,
        x,
        vectors,
        Arrays.stream(vectors)
            .map(v -> new ReferenceGradient(norm, x.type(), v))
            .toArray(ReferenceGradient[]::new));
  }

  /** Returns those of the same vectors in other memory. */
  Derivatives of(Batch x) {
    return new Derivatives(subject, norm, x, vectors, reference);
  }

  double[][] vectors() {
    return vectors;
  }

  private Gradients gradients() {
    return subject.norma().gradients();
  }

  private String name(String what) {
    return "L" + norm + ", " + what;
  }

  /** Checks the gradients and the norms that come with them. */
  void gradient(String what, Batch out, Image image) {
    double[] norms = gradients().normsAndGradient(norm, x, out);
    for (int i = 0; i < vectors.length; i++) {
      int vector = i;
      Bits.assertRaw(reference[i].norm(), norms[i], () -> name(what) + ": norm of " + vector);
      image.expect(i, reference[i].written(1), false);
    }
    image.check(() -> name(what));
  }

  /** Checks products with factors that overwrite what was there. */
  void replaced(String what, int some, Batch out, Image image) {
    product(what, some, Into.REPLACE, out, image);
  }

  /** Checks products with factors that are added to what was there. */
  void added(String what, int some, Batch out, Image image) {
    product(what, some, Into.ADD, out, image);
  }

  private void product(String what, int some, Into into, Batch out, Image image) {
    double[] upstream = new double[vectors.length];
    Arrays.setAll(upstream, i -> UPSTREAM[(i + some) % UPSTREAM.length]);
    gradients().vjp(norm, x, upstream, out, into);
    for (int i = 0; i < vectors.length; i++) {
      boolean adds = into == Into.ADD;
      double u = upstream[i];
      image.expect(i, adds ? reference[i].times(u) : reference[i].written(u), adds);
    }
    image.check(() -> "%s, %s of %s".formatted(name(what), into, Arrays.toString(upstream)));
  }

  /** Checks sums added where the results, too, lie in memory of the backend. */
  void uploaded(String what, int some, Batch out, Case place, double[][] was) {
    try (DeviceBatch here = subject.norma().upload(x);
        DeviceBatch there = subject.norma().upload(out)) {
      of(here).added(what, some, there, Image.ofUpload(there, place, was));
    }
  }

  /** Checks derivatives in a direction. */
  void along(String what, Batch direction, double[][] w) {
    double[] actual = gradients().jvp(norm, x, direction);
    for (int i = 0; i < vectors.length; i++) {
      int vector = i;
      Bits.assertRaw(
          reference[i].along(w[i]), actual[i], () -> name(what) + ": of vector " + vector);
    }
  }

  /** Checks products of Hessians. */
  void hessian(String what, Batch direction, double[][] w, Batch out, Image image) {
    gradients().hvp(norm, x, direction, out);
    for (int i = 0; i < vectors.length; i++) {
      image.expect(i, reference[i].hessian(w[i]), false);
    }
    image.check(() -> name(what));
  }
}
