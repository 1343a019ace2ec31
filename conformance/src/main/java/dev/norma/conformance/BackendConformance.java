package dev.norma.conformance;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** TODO. */
public abstract class BackendConformance {
  private final String backend;

  /** Tests the backend of a name. */
  protected BackendConformance(String backend) {
    this.backend = backend;
  }

  @TestFactory
  Stream<DynamicNode> cases() {
    Subject subject = Subject.of(backend);
    return Cases.byGroup().entrySet().stream()
        .map(
            group ->
                DynamicContainer.dynamicContainer(
                    group.getKey(), tests(subject, group.getValue())));
  }

  private static Stream<DynamicNode> tests(Subject subject, List<Case> cases) {
    return cases.stream()
        .map(c -> DynamicTest.dynamicTest(c.toString(), () -> CaseCheck.run(subject, c)));
  }
}
