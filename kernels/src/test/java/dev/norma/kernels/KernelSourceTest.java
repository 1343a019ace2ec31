package dev.norma.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelSourceTest {
  /** The kernels of what a program is for. */
  private static List<String> kernels(Program program) {
    if (program.reduction().startsWith("run_")) {
      return List.of("apply_strided", "apply_listed");
    }
    if (program.reduction().startsWith("map_")) {
      return List.of("apply_strided", "apply_listed", "apply_short");
    }
    if (program.reduction().startsWith("total_")) {
      return List.of("apply_strided", "apply_listed", "fold_listed", "apply_short");
    }
    List<String> kernels =
        new ArrayList<>(
            List.of(
                "reduce_staged", "reduce_rows", "reduce_columns", "reduce_listed", "fold_listed"));
    if (!program.reduction().matches("several|pow_sum") && !program.type().endsWith("f16")) {
      kernels.add("reduce_short");
    }
    return kernels;
  }

  static List<Program> programs() {
    return KernelSource.programs();
  }

  private static int count(String source, String regex) {
    Matcher matcher = Pattern.compile(regex).matcher(source);
    return (int) matcher.results().count();
  }

  @Test
  void everyTypeHasEveryReductionAndFunction() {
    assertEquals(4 * (7 + 10 + 8 + 8), programs().stream().distinct().count());
  }

  @ParameterizedTest
  @MethodSource("programs")
  void aProgramHasEachKernelOnce(Program program) {
    String source = KernelSource.openCl(program);
    assertEquals(kernels(program).size(), count(source, "(?m)^KERNEL\\(\\w+\\) void "));
    for (String kernel : kernels(program)) {
      assertEquals(1, count(source, "KERNEL\\(\\w+\\) void " + kernel + "\\("), kernel);
    }
    assertEquals(1, count(source, "typedef \\w+ element_t;"), "element_t");
    String reduction =
        program.reduction().replaceFirst("^(map|total)_.*", "$1").replaceFirst("^run_.*", "map");
    assertTrue(source.startsWith("#define REDUCTION " + reduction + "\n"));
  }

  /** What is not in the prelude must not know which dialect it is compiled as. */
  @ParameterizedTest
  @MethodSource("programs")
  void onlyThePreludeKnowsTheDialect(Program program) {
    String source = KernelSource.openCl(program);
    String body = source.substring(source.indexOf("#line", source.indexOf("#line") + 1));
    assertEquals(
        0,
        count(
            body,
            "__|get_\\w+_id|\\b(as|convert)_\\w+\\(|vload|barrier|shfl|\\b(long|ulong)\\b"
                + "|\\b(double|float|u?long|u?int|u?short)\\d"));
  }

  /** Results would differ from one device to the next, or from one run to the next. */
  @ParameterizedTest
  @MethodSource("programs")
  void nothingInexactIsUsed(Program program) {
    String source = KernelSource.openCl(program);
    assertTrue(source.contains("#pragma OPENCL FP_CONTRACT OFF"));
    assertFalse(
        Pattern.compile(
                "\\b(pow|powr|exp|exp2|log|log2|sqrt|mad|native_\\w+|half_\\w+|atom\\w+)\\(")
            .matcher(source)
            .find());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sum", "rows", "", "../abs_sum", "f64", "scale", "total_hessian"})
  void whatIsNoReductionIsRefused(String reduction) {
    Program program = new Program("f64", reduction);
    Exception e = assertThrows(IllegalArgumentException.class, () -> KernelSource.openCl(program));
    assertEquals("program: there is no " + reduction + " of f64", e.getMessage());
  }
}
