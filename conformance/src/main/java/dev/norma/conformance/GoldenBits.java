package dev.norma.conformance;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Norm;
import dev.norma.Norma;
import dev.norma.spi.Backend;
import dev.norma.spi.Plan;
import dev.norma.spi.PlanResult;
import dev.norma.spi.Primitive;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Results that were written down once, and the same computed anew. */
public final class GoldenBits {
  /**
   * The file of lines {@code type,family,length,norm,bits} or {@code …,primitive,hi,lo}, and of
   * derivatives {@code …,what norm,bits …} of all elements.
   */
  public static final String FILE = "golden-bits.csv";

  /** Sums of which both parts are kept. */
  private static final List<Primitive> SUMS = List.of(Primitive.ABS_SUM, Primitive.SQUARE_SUM);

  /** Sums of powers of which both parts are kept. */
  private static final List<Primitive> POWERS =
      List.of(Primitive.powSum(2.5), Primitive.powSum(0.3));

  private final Norma norma;
  private final Backend backend;
  private final List<String> lines = new ArrayList<>();

  private GoldenBits(Norma norma, Backend backend) {
    this.norma = norma;
    this.backend = backend;
  }

  /** Returns the lines of the file that are of a type. */
  public static List<String> expected(ElementType type) {
    try (InputStream file = GoldenBits.class.getResourceAsStream(FILE)) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> line.startsWith(type + ",")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(FILE, e);
    }
  }

  /**
   * Computes the lines that are of a type.
   *
   * @param norma the façade over the backend
   * @param backend the backend itself
   */
  public static List<String> lines(ElementType type, Norma norma, Backend backend) {
    GoldenBits golden = new GoldenBits(norma, backend);
    for (Family family : List.of(Family.NORMAL, Family.WIDE)) {
      for (int length : new int[] {37, 8193, 100_003}) {
        new Case(FILE, type, Placement.ROWS, Memory.ARRAY, () -> family.vectors(type, 1, length, 1))
            .use((batch, vectors) -> golden.add(type + "," + family + "," + length + ",", batch));
      }
    }
    golden.lines.addAll(GoldenDerivatives.lines(type, norma));
    return golden.lines;
  }

  private void add(String prefix, Batch batch) {
    for (Norm norm : Norms.ALL) {
      lines.add(prefix + norm + "," + bits(norma.norm(norm, batch)));
    }
    double[] scales = {norma.norm(Norm.LINF, batch)};
    addSums(prefix, new Plan(batch, SUMS, null, new LongAdder()));
    addSums(prefix, new Plan(batch, POWERS, scales, new LongAdder()));
  }

  private void addSums(String prefix, Plan plan) {
    PlanResult result = backend.run(plan);
    for (int i = 0; i < plan.primitives().size(); i++) {
      double hi = result.hi(i)[0];
      String lo = Double.isFinite(hi) ? bits(result.lo(i)[0]) : "any";
      lines.add(prefix + plan.primitives().get(i) + "," + bits(hi) + "," + lo);
    }
  }

  private static String bits(double x) {
    return Long.toHexString(Double.doubleToLongBits(x));
  }
}
