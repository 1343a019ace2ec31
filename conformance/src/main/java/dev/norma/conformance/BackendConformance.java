package dev.norma.conformance;

import dev.norma.ElementType;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.lifecycle.AfterContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * All that a backend is held to. A backend's test is a subclass that names the backend:
 *
 * <pre>{@code
 * class CpuSimdConformanceTest extends BackendConformance {
 *   CpuSimdConformanceTest() {
 *     super("cpu-simd");
 *   }
 * }
 * }</pre>
 *
 * <p>Every result is compared with exact arithmetic, within {@link Bounds}, and bit by bit with the
 * {@link ReferenceOrder} and the {@link ReferenceNorm} and with {@code cpu-scalar} where that is
 * there. A case for which the backend throws {@link UnsupportedOperationException} is reported as
 * aborted, and the number of these is printed in the end. A backend that is not available fails
 * every test.
 */
public abstract class BackendConformance
    implements Anecdotes,
        ApiMisuse,
        BallProjections,
        Concurrency,
        DualDerivatives,
        ExponentSweep,
        Golden,
        GradientAccuracy,
        GradientAxioms,
        GradientConcurrency,
        GradientDifferences,
        GradientMemory,
        GradientMisuse,
        GradientPoints,
        GradientRange,
        HessianAxioms,
        HugeVector,
        MatrixCases,
        MatrixGradients,
        NormAxioms,
        NormalisedDerivatives,
        PairsOfVectors,
        RealData,
        RescalingBits,
        Rescalings,
        TensorLists {
  private final String backend;

  /** Tests the backend of a name. */
  protected BackendConformance(String backend) {
    this.backend = backend;
  }

  @Override
  public final String backend() {
    return backend;
  }

  @TestFactory
  final Stream<DynamicNode> cases() {
    return Cases.byGroup().entrySet().stream()
        .map(group -> DynamicContainer.dynamicContainer(group.getKey(), tests(group.getValue())));
  }

  private Stream<DynamicNode> tests(List<Case> cases) {
    return cases.stream()
        .map(
            what -> DynamicTest.dynamicTest(what.toString(), () -> CaseCheck.run(subject(), what)));
  }

  @TestFactory
  final Stream<DynamicNode> derivatives() {
    return GradientCases.byGroup().entrySet().stream()
        .map(
            group ->
                DynamicContainer.dynamicContainer(group.getKey(), derivatives(group.getValue())));
  }

  private Stream<DynamicNode> derivatives(List<Case> cases) {
    return IntStream.range(0, cases.size())
        .mapToObj(
            i ->
                DynamicTest.dynamicTest(
                    cases.get(i).toString(),
                    () -> GradientCheck.run(subject(), cases.get(i), i, Norms.GRADIENTS)));
  }

  /** Functions of elements with coefficients that no norm may ever lead to. */
  @ParameterizedTest
  @EnumSource
  final void functions(ElementType type) {
    int number = type.bytes();
    for (MapCase function : MapCase.all()) {
      int some = number++;
      Unsupported.unlessRefused(
          backend,
          function.map() + " of " + type,
          () -> MapCheck.run(subject().backend(), function, type, some));
    }
  }

  /** Of either engine; no more is computed then. */
  @AfterAll
  @AfterContainer
  static void closeBackends() {
    Subject.closeAll();
  }

  @AfterAll
  static void reportUnsupported() {
    String report = Unsupported.report();
    if (!report.isEmpty()) {
      System.out.println(report);
    }
  }
}
