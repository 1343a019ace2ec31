package dev.norma.gpu.opencl;

import dev.norma.gpu.Requirement;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.junit.jupiter.api.extension.ExtendWith;

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

  /** Decides for a class or method that has the annotation. */
  final class Condition extends Requirement<RequiresOpenCl> {
    Condition() {
      super(RequiresOpenCl.class, "NORMA_REQUIRE_OPENCL");
    }

    @Override
    protected Optional<String> missing(RequiresOpenCl needs) {
      Optional<String> device = OpenClTests.missing(needs.devices());
      return needs.oclgrind() ? device.or(OclgrindRun::missing) : device;
    }
  }
}
