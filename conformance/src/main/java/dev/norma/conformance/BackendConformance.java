package dev.norma.conformance;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

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
        Concurrency,
        ExponentSweep,
        Golden,
        HugeVector,
        MatrixCases,
        NormAxioms,
        PairsOfVectors,
        RealData,
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

  @AfterAll
  static void reportUnsupported() {
    String report = Unsupported.report();
    if (!report.isEmpty()) {
      System.out.println(report);
    }
  }
}
