package dev.norma.gpu.opencl;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Member;
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
 * Tests and properties that need an OpenCL device. Without one they are skipped, and a line says
 * so; they fail where the environment has {@code NORMA_REQUIRE_OPENCL=1}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresOpenCl.Condition.class)
@AddLifecycleHook(RequiresOpenCl.Condition.class)
public @interface RequiresOpenCl {
  /** Whether oclgrind is needed as well. */
  boolean oclgrind() default false;

  /** How many devices of a kind that are used together are needed. */
  int devices() default 1;

  /** Decides for a class or method that has the annotation, of JUnit and of jqwik. */
  final class Condition implements ExecutionCondition, SkipExecutionHook {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return missing(context.getElement())
          .map(ConditionEvaluationResult::disabled)
          .orElseGet(() -> ConditionEvaluationResult.enabled("all that is needed is there"));
    }

    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
      return missing(context.optionalElement())
          .map(SkipResult::skip)
          .orElseGet(SkipResult::doNotSkip);
    }

    private static Optional<String> missing(Optional<? extends AnnotatedElement> element) {
      Optional<String> missing =
          AnnotationSupport.findAnnotation(element, RequiresOpenCl.class)
              .flatMap(Condition::missing);
      missing.ifPresent(why -> tell(name(element.orElseThrow()) + " DID NOT RUN: " + why));
      return missing;
    }

    private static Optional<String> missing(RequiresOpenCl needs) {
      Optional<String> device = OpenClTests.missing(needs.devices());
      return needs.oclgrind() ? device.or(OclgrindRun::missing) : device;
    }

    private static String name(AnnotatedElement element) {
      return element instanceof Member method
          ? method.getDeclaringClass().getSimpleName() + "." + method.getName()
          : ((Class<?>) element).getSimpleName();
    }

    private static void tell(String line) {
      if ("1".equals(System.getenv("NORMA_REQUIRE_OPENCL"))) {
        throw new AssertionError(line + " (NORMA_REQUIRE_OPENCL=1 is set)");
      }
      System.out.println("*** " + line);
    }
  }
}
