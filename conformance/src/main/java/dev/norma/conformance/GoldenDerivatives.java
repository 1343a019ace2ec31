package dev.norma.conformance;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Gradients;
import dev.norma.Into;
import dev.norma.Norm;
import dev.norma.Norma;
import dev.norma.Transforms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Consumer;

/** The lines of {@link GoldenBits} that hold derivatives, element by element, of short vectors. */
final class GoldenDerivatives {
  private static final int LENGTH = 5;

  /** The number that gradients are multiplied by. */
  private static final double FACTOR = -1.7;

  /** Epsilon, limit, radius and λ: below the norms of most vectors. */
  private static final double BOUND = 0.6;

  private final Gradients gradients;
  private final Transforms transforms;
  private final ElementType type;
  private final Family family;
  private final double[][] x;
  private final double[][] w;
  private final List<String> lines = new ArrayList<>();

  /** What writes to the last batch, from x, w and what stood there, w too. */
  private interface Writer {
    void write(Batch x, Batch w, Batch out);
  }

  private GoldenDerivatives(Norma norma, ElementType type, Family family) {
    this.gradients = norma.gradients();
    this.transforms = norma.transforms();
    this.type = type;
    this.family = family;
    this.x = family.vectors(type, 1, LENGTH, 1);
    this.w = Family.NORMAL.vectors(type, 1, LENGTH, 2);
  }

  /** Computes lines {@code type,family,length,what norm,bits …}. */
  static List<String> lines(ElementType type, Norma norma) {
    List<String> lines = new ArrayList<>();
    for (Family family : List.of(Family.NORMAL, Family.WIDE)) {
      GoldenDerivatives golden = new GoldenDerivatives(norma, type, family);
      Norms.GRADIENTS.forEach(golden::derivatives);
      Norms.BALLS.forEach(golden::balls);
      lines.addAll(golden.lines);
    }
    return lines;
  }

  private void derivatives(Norm norm) {
    double[] factor = {FACTOR};
    add("gradient", norm, (a, b, out) -> gradients.gradient(norm, a, out));
    add("vjp+", norm, (a, b, out) -> gradients.vjp(norm, a, factor, out, Into.ADD));
    use(x, a -> use(w, b -> add("jvp", norm, bits(gradients.jvp(norm, a, b)))));
    add("hvp", norm, (a, b, out) -> gradients.hvp(norm, a, b, out));
    add("normalize", norm, (a, b, out) -> transforms.normalize(norm, a, BOUND, out));
    add("normalizeVjp", norm, (a, b, out) -> transforms.normalizeVjp(norm, a, BOUND, b, out));
    if (!norm.equals(Norm.L0) && !norm.equals(Norm.SQUARED_L2)) {
      add("clip", norm, (a, b, out) -> transforms.clip(norm, a, BOUND, out));
    }
  }

  private void balls(Norm norm) {
    add("project", norm, (a, b, out) -> transforms.project(norm, a, BOUND, out));
    add("prox", norm, (a, b, out) -> transforms.prox(norm, a, BOUND, out));
  }

  private void add(String what, Norm norm, Writer writer) {
    use(
        x,
        a ->
            use(
                w,
                b ->
                    use(
                        w,
                        out -> {
                          writer.write(a, b, out);
                          double[] y = new double[LENGTH];
                          Arrays.setAll(y, i -> out.elements().get(i));
                          add(what, norm, bits(y));
                        })));
  }

  private void use(double[][] vectors, Consumer<Batch> user) {
    new Case(GoldenBits.FILE, type, Placement.ROWS, Memory.ARRAY, () -> vectors)
        .use((batch, values) -> user.accept(batch));
  }

  private void add(String what, Norm norm, String bits) {
    lines.add("%s,%s,%d,%s %s,%s".formatted(type, family, LENGTH, what, norm, bits));
  }

  /** Elements of shorter types, too, are shown as binary64. */
  private static String bits(double[] values) {
    StringJoiner bits = new StringJoiner(" ");
    for (double y : values) {
      bits.add(Long.toHexString(Double.doubleToLongBits(y)));
    }
    return bits.toString();
  }
}
