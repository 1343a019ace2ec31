package dev.norma.gpu.opencl;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tests that need an OpenCL device. Without one they are skipped, and a line says so; they fail
 * where the environment has {@code NORMA_REQUIRE_OPENCL=1}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresOpenCl.Condition.class)
public @interface RequiresOpenCl {
  /** Asks once for each test class or method. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return OpenClTests.missing()
          .map(why -> skip(context.getDisplayName(), why))
          .orElseGet(() -> ConditionEvaluationResult.enabled("there is an OpenCL device"));
    }

    private static ConditionEvaluationResult skip(String test, String why) {
      String line = test + " DID NOT RUN: " + why;
      if ("1".equals(System.getenv("NORMA_REQUIRE_OPENCL"))) {
        throw new AssertionError(line + " (and NORMA_REQUIRE_OPENCL=1 is set)");
      }
      System.out.println("*** " + line);
      return ConditionEvaluationResult.disabled(why);
    }
  }
}
