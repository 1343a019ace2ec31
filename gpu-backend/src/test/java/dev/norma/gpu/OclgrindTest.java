package dev.norma.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.ElementType;
import dev.norma.gpu.opencl.OclgrindRun;
import dev.norma.gpu.opencl.RequiresOpenCl;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * No kernel races, reads what nobody wrote, or leaves its memory. It runs in processes of its own.
 */
@Execution(ExecutionMode.CONCURRENT)
@RequiresOpenCl(oclgrind = true)
class OclgrindTest {
  @ParameterizedTest
  @EnumSource
  void nothingIsReported(ElementType type) throws Exception {
    assertEquals("", OclgrindRun.report(SmallShapes.class, type.name()));
  }
}
