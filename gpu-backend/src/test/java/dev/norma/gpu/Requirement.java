package dev.norma.gpu;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Member;
import java.util.Optional;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Decides for classes and methods of tests, of JUnit and of jqwik, that need something of the
 * machine and say so by an annotation. Without it they are skipped, and a line says so; they fail
 * where the environment has a variable that is 1.
 */
public abstract class Requirement<A extends Annotation>
    implements ExecutionCondition, SkipExecutionHook {
  private final Class<A> annotation;
  private final String variable;

  /** Names the annotation and the variable. */
  protected Requirement(Class<A> annotation, String variable) {
    this.annotation = annotation;
    this.variable = variable;
  }

  /** Returns what is missing, if anything is. */
  protected abstract Optional<String> missing(A needs);

  @Override
  public final ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return told(context.getElement())
        .map(ConditionEvaluationResult::disabled)
        .orElseGet(() -> ConditionEvaluationResult.enabled("all that is needed is there"));
  }

  @Override
  public final SkipResult shouldBeSkipped(LifecycleContext context) {
    return told(context.optionalElement()).map(SkipResult::skip).orElseGet(SkipResult::doNotSkip);
  }

  private Optional<String> told(Optional<? extends AnnotatedElement> element) {
    Optional<String> missing =
        AnnotationSupport.findAnnotation(element, annotation).flatMap(this::missing);
    missing.ifPresent(why -> tell(name(element.orElseThrow()) + " DID NOT RUN: " + why));
    return missing;
  }

  private static String name(AnnotatedElement element) {
    return element instanceof Member method
        ? method.getDeclaringClass().getSimpleName() + "." + method.getName()
        : ((Class<?>) element).getSimpleName();
  }

  private void tell(String line) {
    if ("1".equals(System.getenv(variable))) {
      throw new AssertionError(line + " (" + variable + "=1 is set)");
    }
    System.out.println("*** " + line);
  }
}
