package dev.norma.gpu.opencl;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Tests that need an OpenCL device. Without one they are skipped, and a line says so; they fail
 * where the environment has {@code NORMA_REQUIRE_OPENCL=1}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresOpenCl.Condition.class)
@AddLifecycleHook(RequiresOpenCl.Properties.class)
public @interface RequiresOpenCl {
  /** Whether oclgrind is needed as well. */
  boolean oclgrind() default false;

  /** Decides for a class or method that has the annotation. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return AnnotationSupport.findAnnotation(context.getElement(), RequiresOpenCl.class)
          .flatMap(Condition::missing)
          .map(why -> ConditionEvaluationResult.disabled(skip(name(context), why)))
          .orElseGet(() -> ConditionEvaluationResult.enabled("all that is needed is there"));
    }

    private static Optional<String> missing(RequiresOpenCl needs) {
      Optional<String> device = OpenClTests.missing();
      return needs.oclgrind() ? device.or(OclgrindRun::missing) : device;
    }

    private static String name(ExtensionContext context) {
      String method = context.getTestMethod().map(m -> "." + m.getName()).orElse("");
      return context.getRequiredTestClass().getSimpleName() + method;
    }

    /** Says aloud that something is skipped, and returns why. */
    static String skip(String what, String why) {
      String line = what + " DID NOT RUN: " + why;
      if ("1".equals(System.getenv("NORMA_REQUIRE_OPENCL"))) {
        throw new AssertionError(line + " (NORMA_REQUIRE_OPENCL=1 is set)");
      }
      System.out.println("*** " + line);
      return why;
    }
  }

  /** Asks for the properties of the other test engine. */
  final class Properties implements SkipExecutionHook {
    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
      return OpenClTests.missing()
          .map(why -> SkipResult.skip(Condition.skip(context.label(), why)))
          .orElseGet(SkipResult::doNotSkip);
    }
  }
}
