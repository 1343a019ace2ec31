package dev.norma.conformance.check;

import dev.norma.ElementType;
import dev.norma.Norm;
import dev.norma.conformance.Case;
import dev.norma.conformance.Cases;
import dev.norma.conformance.Family;
import dev.norma.conformance.MatrixCase;
import dev.norma.conformance.Memory;
import dev.norma.conformance.Norms;
import dev.norma.conformance.Placement;
import dev.norma.conformance.RandomCases;
import dev.norma.conformance.Seeded;
import dev.norma.conformance.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The cases of a comparison: those of the kit that need no test engine, and larger ones. */
public final class Checks {
  private static final long SEED = 20261101;
  private static final int RANDOM = 1000;
  private static final int RANDOM_QUICK = 60;

  /** Has no divisor in common with the regular way in which the cases are listed. */
  private static final int ONE_IN = 7;

  /** Of large cases; a power takes long on the scalar backend. */
  private static final List<Norm> LARGE_NORMS =
      Stream.concat(Norms.SIMPLE.stream(), Stream.of(Norm.lp(3))).toList();

  private Checks() {}

  /** Returns all cases: some ten seconds of work for two processors. */
  public static List<Check> all() {
    List<Check> checks = new ArrayList<>(golden());
    checks.addAll(vectors());
    checks.addAll(derivatives());
    checks.addAll(matrices());
    checks.addAll(sweeps());
    checks.addAll(random(RANDOM));
    checks.addAll(large());
    return checks;
  }

  /** Returns some cases of every kind but the large ones: seconds. */
  public static List<Check> quick() {
    List<Check> some = new ArrayList<>(vectors());
    some.addAll(derivatives());
    some.addAll(matrices());
    List<Check> checks = new ArrayList<>(golden());
    IntStream.range(0, some.size())
        .filter(i -> i % ONE_IN == 0)
        .forEach(i -> checks.add(some.get(i)));
    checks.addAll(random(RANDOM_QUICK));
    return checks;
  }

  private static Stream<ElementType> types() {
    return Stream.of(ElementType.values());
  }

  private static List<? extends Check> golden() {
    return types().map(GoldenCheck::new).toList();
  }

  private static List<? extends Check> vectors() {
    return Cases.byGroup().entrySet().stream()
        .flatMap(
            group ->
                group.getValue().stream()
                    .map(what -> new VectorCheck(group.getKey(), what, Norms.ALL)))
        .toList();
  }

  /** Every case of vectors has one norm, the next one the next. */
  private static List<? extends Check> derivatives() {
    List<Check> checks = new ArrayList<>();
    Cases.byGroup()
        .forEach(
            (group, cases) ->
                cases.forEach(
                    what -> {
                      Norm norm = Norms.GRADIENTS.get(checks.size() % Norms.GRADIENTS.size());
                      checks.add(new DerivativeCheck(group, what, norm));
                    }));
    return checks;
  }

  private static List<? extends Check> matrices() {
    return types()
        .flatMap(
            type -> IntStream.range(0, MatrixCase.shapes()).mapToObj(i -> new MatrixCheck(type, i)))
        .toList();
  }

  private static List<? extends Check> sweeps() {
    return types()
        .flatMap(type -> Sweep.of(type).stream())
        .map(sweep -> new VectorCheck("powers of two", sweep.what(), sweep.norms()))
        .toList();
  }

  private static List<? extends Check> random(int count) {
    return RandomCases.of(SEED, count).stream()
        .map(what -> new VectorCheck("random", what, Norms.ALL))
        .toList();
  }

  /** Shapes that fill a device: many groups of work-items, and three levels of chunks. */
  private static List<? extends Check> large() {
    return types()
        .flatMap(
            type ->
                Stream.of(
                    large(type, Placement.ROWS, 300_001, 7),
                    large(type, Placement.ROWS, 2001, 768),
                    large(type, Placement.COLUMNS, 1025, 1500),
                    large(type, Placement.STRIDE_2, 5, 300_000),
                    large(type, Placement.ROWS, 1, 4096 * 4096 + 4097),
                    largeRagged(type, 8000, 300)))
        .toList();
  }

  private static Check large(ElementType type, Placement placement, int count, int length) {
    String name = count + " x " + length;
    return new VectorCheck(
        "large",
        new Case(
            name,
            type,
            placement,
            Memory.NATIVE,
            () -> Family.NORMAL.vectors(type, count, length, SEED)),
        LARGE_NORMS);
  }

  private static Check largeRagged(ElementType type, int count, int longest) {
    String name = count + " shorter than " + longest;
    return new VectorCheck(
        "large",
        new Case(name, type, Placement.RAGGED, Memory.NATIVE, () -> ragged(type, count, longest)),
        LARGE_NORMS);
  }

  private static double[][] ragged(ElementType type, int count, int longest) {
    Seeded random = new Seeded(SEED);
    double[][] vectors = new double[count][];
    for (int i = 0; i < count; i++) {
      vectors[i] = Family.NORMAL.vector(type, random.below(longest), random);
    }
    return vectors;
  }
}
