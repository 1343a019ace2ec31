package dev.norma.gpu.cuda;

import dev.norma.gpu.Requirement;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests of the CUDA driver for tests alone, without JCuda and Norma. Without it they are skipped,
 * and a line says so; they fail where the environment has {@code NORMA_REQUIRE_CUDA=1}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresTestDriver.Condition.class)
@interface RequiresTestDriver {
  /** Decides for a class that has the annotation. */
  final class Condition extends Requirement<RequiresTestDriver> {
    Condition() {
      super(RequiresTestDriver.class, "NORMA_REQUIRE_CUDA");
    }

    @Override
    protected Optional<String> missing(RequiresTestDriver needs) {
      return TestDriver.notBuilt();
    }
  }
}
