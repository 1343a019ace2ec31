package dev.norma.gpu.cuda;

import dev.norma.gpu.Requirement;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests and properties that need the CUDA driver for tests, which checks each of them, see {@link
 * DriverChecks}. Without it they are skipped, and a line says so; they fail where the environment
 * has {@code NORMA_REQUIRE_CUDA=1}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith({RequiresCuda.Condition.class, DriverChecks.class})
@AddLifecycleHook(RequiresCuda.Condition.class)
@AddLifecycleHook(DriverChecks.class)
public @interface RequiresCuda {
  /** Decides for a class or method that has the annotation. */
  final class Condition extends Requirement<RequiresCuda> {
    Condition() {
      super(RequiresCuda.class, "NORMA_REQUIRE_CUDA");
    }

    @Override
    protected Optional<String> missing(RequiresCuda needs) {
      return TestDriver.missing();
    }
  }
}
