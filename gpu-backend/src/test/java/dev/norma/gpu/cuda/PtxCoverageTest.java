package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.norma.kernels.KernelSource;
import dev.norma.kernels.Program;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whether all that the programs of the library are made of is tested alone. */
class PtxCoverageTest {
  /** An instruction begins a line, perhaps behind a predicate; so do no directives or labels. */
  private static final Pattern INSTRUCTION =
      Pattern.compile("^\\s*(?:@!?%\\w+\\s+)?([a-z][a-z0-9_.]*)(?=[\\s;])", Pattern.MULTILINE);

  private static Set<String> opcodes(String ptx) {
    return INSTRUCTION
        .matcher(ptx)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> tested() {
    Set<String> tested = new TreeSet<>();
    Stream.of(
            PtxBitsTest.all(),
            PtxComparisonTest.all(),
            PtxConversionTest.all(),
            PtxFloatTest.all(),
            PtxIntegerTest.all(),
            PtxMoveTest.all())
        .flatMap(Collection::stream)
        .forEach(operation -> tested.add(operation.opcode()));
    tested.addAll(PtxAccessTest.opcodes());
    tested.addAll(PtxFlowTest.OPCODES);
    tested.addAll(PtxShuffleTest.OPCODES);
    return tested;
  }

  @Test
  void everyOpcodeOfTheProgramsIsTested() {
    Set<String> untested = new TreeSet<>();
    for (Program program : KernelSource.programs()) {
      Set<String> opcodes = opcodes(KernelSource.ptx(program));
      assertFalse(opcodes.isEmpty(), program::toString);
      untested.addAll(opcodes);
    }
    untested.removeAll(tested());
    assertEquals(Set.of(), untested);
  }

  @Test
  void opcodesAreFoundInATextOfACompiler() {
    assertEquals(
        Set.of("bra", "bra.uni", "ld.global.v2.f64", "ret", "st.shared.u32"),
        opcodes(
            """
            // mul.f32 in a comment
            \t.reg .b32 \t%r<2>;
            $L__BB0_1:
            \t@!%p3 bra \t$L__BB0_2;
            \tld.global.v2.f64 \t{%fd1, %fd2}, [%rd1+16];
            \t@%p1 st.shared.u32 \t[%r1], %r2;
            \tbra.uni $L__BB0_1;
            \tret;
            """));
  }
}
