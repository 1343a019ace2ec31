package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How opcodes are counted, and what a multiprocessor holds. */
class WorkTest {
  @ParameterizedTest
  @CsvSource({
    "add.s32, 1, 1, 0, 0, 0",
    "add.s64, 2, 2, 0, 0, 0",
    "setp.ne.s64, 2, 2, 0, 0, 0",
    "and.b64, 2, 2, 0, 0, 0",
    "and.pred, 1, 1, 0, 0, 0",
    "mul.wide.s32, 1, 1, 0, 0, 0",
    "mul.lo.s64, 4, 4, 0, 0, 0",
    "max.u64, 4, 4, 0, 0, 0",
    "selp.f32, 1, 1, 0, 0, 0",
    "selp.f64, 2, 2, 0, 0, 0",
    "div.u32, 20, 20, 0, 0, 0",
    "rem.s64, 80, 80, 0, 0, 0",
    "cvt.u64.u32, 1, 1, 0, 0, 0",
    "cvt.f64.f32, 1, 0, 0, 1, 0",
    "cvt.rn.f32.f64, 1, 0, 0, 1, 0",
    "cvt.rn.f32.u16, 1, 0, 0, 0, 1",
    "add.rn.f64, 1, 0, 1, 0, 0",
    "fma.rn.f64, 1, 0, 1, 0, 0",
    "setp.lt.f64, 1, 0, 1, 0, 0",
    "rcp.rn.f64, 8, 0, 8, 0, 0",
    "neg.f64, 1, 0, 0, 0, 0",
    "add.rn.f32, 1, 0, 0, 0, 0",
    "mov.b64, 0, 0, 0, 0, 0",
    "ld.global.v2.f64, 1, 0, 0, 0, 0",
    "st.shared.u64, 1, 0, 0, 0, 0",
    "shfl.sync.bfly.b32, 1, 0, 0, 0, 0",
    "bar.sync, 1, 0, 0, 0, 0",
    "bra.uni, 1, 0, 0, 0, 0",
    "ret, 1, 0, 0, 0, 0"
  })
  void eachOpcodeIsOfItsKind(
      String opcode, int slots, int integers, int fp64, int conversions, int others) {
    Map<String, Long> sectors = Map.of("distinctSectorsRead", 3L, "distinctSectorsWritten", 1L);
    KernelCounts kernel = new KernelCounts("k", sectors, Map.of(opcode, 5L));
    Work expected = new Work(4, 5 * slots, 5 * integers, 5 * fp64, 5 * conversions, 5 * others);
    assertEquals(expected, Work.of(kernel, 32), opcode);
  }

  @Test
  void registersSharedMemoryAndGroupsLimitWarps() {
    Card a100 = Card.ALL.get(1);
    assertEquals(64, a100.resident(32, 64, 0));
    assertEquals(48, a100.resident(40, 256, 0)); // 51 without whole groups
    assertEquals(24, a100.resident(78, 64, 0)); // 80, as registers come in eights
    assertEquals(12, a100.resident(136, 64, 0)); // three for each scheduler, 15 of all registers
    assertEquals(40, a100.resident(32, 256, 31 << 10)); // five groups of 32 KB
    assertEquals(32, a100.resident(32, 32, 0)); // so many groups
  }
}
