package dev.norma.benchmarks;

import dev.norma.Norma;
import java.util.ArrayList;
import java.util.List;

/** The data of one case, with what computes on it and what that is compared with. */
final class Workload implements AutoCloseable {
  static final long SEED = 20;

  private final Geometry geometry;
  private final Team team;
  private final List<Norma> opened = new ArrayList<>();
  private final List<Matrix> matrices = new ArrayList<>();
  private final List<Matrix> targets = new ArrayList<>();
  private final List<Computation> computations = new ArrayList<>();
  private final Yardstick yardstick;

  Workload(Case c, Sizes sizes) {
    geometry = Geometry.of(c, sizes);
    team = new Team(c.cores().threads());
    for (int i = 0; i < geometry.matrices(); i++) {
      matrices.add(Matrix.random(c, geometry, SEED + i));
    }
    switch (c.contender()) {
      case NORMA -> addNorma(c, simd(c));
      case GRADIENT, GRADIENT_IN_PLACE -> addGradients(c, simd(c));
      case TWO_PASS, TWO_PASS_IN_PLACE -> addTwoPasses(c, simd(c));
      case TENSORS -> matrices.forEach(m -> computations.add(new TensorsComputation(simd(c), m)));
      case ND4J -> matrices.forEach(m -> computations.add(nd4j(c, m)));
      case LOOP -> matrices.forEach(m -> computations.add(new LoopComputation(m)));
      case DEVICE -> addUploaded(c, device());
      case DEVICE_HOST -> addNorma(c, device());
    }
    yardstick = yardstick(c);
  }

  private Yardstick yardstick(Case c) {
    Matrix first = matrices.get(0);
    return switch (c.contender()) {
      case TENSORS -> Yardstick.of(new OneByOneComputation(simd(c), first));
      case DEVICE, DEVICE_HOST ->
          Yardstick.of(new NormaComputation(simd(c), c.norm(), first.batch()));
      case GRADIENT -> new CopyYardstick(first, targets.get(0), team);
      case GRADIENT_IN_PLACE -> new CopyYardstick(first, other(c), team);
      case TWO_PASS, TWO_PASS_IN_PLACE ->
          Yardstick.of(new GradientComputation(simd(c), c.norm(), first, targets.get(0)));
      case NORMA, ND4J, LOOP -> new ReadingYardstick(geometry, matrices, team);
    };
  }

  private void addGradients(Case c, Norma norma) {
    for (Matrix m : matrices) {
      Matrix target = target(c, m);
      computations.add(new GradientComputation(norma, c.norm(), m, target));
    }
  }

  private void addTwoPasses(Case c, Norma norma) {
    for (Matrix m : matrices) {
      Matrix target = target(c, m);
      Computation norms = new NormaComputation(norma, c.norm(), m.batch());
      computations.add(new TwoPassComputation(norms, m, target, team));
    }
  }

  /** Returns where the gradients of a matrix go. */
  private Matrix target(Case c, Matrix matrix) {
    Matrix target = c.contender().isInPlace() ? matrix : other(c);
    targets.add(target);
    return target;
  }

  private Matrix other(Case c) {
    return Matrix.random(c, geometry, SEED - 1);
  }

  private Norma simd(Case c) {
    return opened(NormaComputation.open(c.cores().threads()));
  }

  private Norma device() {
    return opened(NormaComputation.open(MeasuredDevice.BACKEND));
  }

  private Norma opened(Norma norma) {
    opened.add(norma);
    return norma;
  }

  private void addNorma(Case c, Norma norma) {
    matrices.forEach(m -> computations.add(new NormaComputation(norma, c.norm(), m.batch())));
  }

  /** What is uploaded here is released with the library. */
  private void addUploaded(Case c, Norma norma) {
    matrices.forEach(
        m -> computations.add(new NormaComputation(norma, c.norm(), norma.upload(m.batch()))));
  }

  private static Computation nd4j(Case c, Matrix matrix) {
    return new Nd4jComputation(c.norm(), matrix, c.cores().threads());
  }

  Geometry geometry() {
    return geometry;
  }

  List<Matrix> matrices() {
    return matrices;
  }

  /** Returns where gradients go. */
  List<Matrix> targets() {
    return targets;
  }

  List<Computation> computations() {
    return computations;
  }

  /** Computes the norms of every matrix, as often as the geometry says. */
  void compute() {
    if (computations.size() == 1) {
      compute(0);
    } else {
      team.run(this::compute);
    }
  }

  private void compute(int matrix) {
    Computation computation = computations.get(matrix);
    for (int pass = 0; pass < geometry.passes(); pass++) {
      computation.run();
    }
  }

  /** Does what the case is compared with on the same data. */
  long probe() {
    return yardstick.run();
  }

  @Override
  public void close() {
    computations.forEach(Computation::close);
    team.close();
    opened.forEach(Norma::close);
  }
}
