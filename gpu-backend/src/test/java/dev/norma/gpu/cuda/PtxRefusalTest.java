package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the PTX interpreter does not know, it refuses by name and line. */
@RequiresTestDriver
class PtxRefusalTest {
  private static final String INVALID_PTX = "CUDA_ERROR_INVALID_PTX";

  private static void refused(String result, String why, String ptx) {
    try (PtxMachine machine = new PtxMachine()) {
      MemorySegment log = machine.arena().allocate(500);
      int actual = machine.load(ptx, machine.arena().allocate(8), log);
      assertEquals(result, TestDriver.name(actual), ptx);
      assertTrue(log.getString(0).contains(why), log.getString(0));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "add.f64 %d1, %d2, %d3; unknown instruction 'add.f64'",
        "mul.f32 %f1, %f2, %f3; unknown instruction 'mul.f32'",
        "add.rn.ftz.f32 %f1, %f2, %f3; unknown instruction 'add.rn.ftz.f32'",
        "sqrt.approx.f32 %f1, %f2; unknown instruction 'sqrt.approx.f32'",
        "div.full.f32 %f1, %f2, %f3; unknown instruction 'div.full.f32'",
        "add.rz.f64 %d1, %d2, %d3; unknown instruction 'add.rz.f64'",
        "setp.lt.ftz.f32 %p1, %f2, %f3; unknown instruction 'setp.lt.ftz.f32'",
        "atom.global.add.u32 %r1, [%a0], 1; unknown instruction 'atom.global.add.u32'",
        "shfl.bfly.b32 %r1, %r2, 1, 31; unknown instruction 'shfl.bfly.b32'",
        "ld.volatile.global.u32 %r1, [%a0]; unknown instruction 'ld.volatile.global.u32'",
        "call other; unknown instruction 'call'",
        ".local .b8 x[8]; unknown directive '.local'",
        "add.s32 %r1, %r2, %q3; register '%q3' of 64 bits where 32 are wanted",
        "add.s32 %r1, %f2, %r3; register '%f2' of 32 bits",
        "add.s32 %r1, %r99, %r3; unknown name '%r99'",
        "add.s32 %r1, %r20, %r3; unknown name '%r20'",
        "add.s32 %r1, %r, %r3; unknown name '%r'",
        "mov.u32 %r1, %clock; unknown name '%clock'",
        "bra nowhere; unknown label 'nowhere'",
        "bar.sync 1; barrier that is not 0",
        "bar.sync 0, 64; expected ';'",
        "ld.global.v2.u32 {%r1}, [%a0]; vector that is too short",
        "ld.param.u64 %q1, [k0+4]; read beyond the parameters",
        "add.rn.f64 %d1, %d2, 1; of another kind than the operand"
      })
  void whatIsNotKnownIsNamed(String statement, String why) {
    String ptx = PtxMachine.kernel("\n\n" + statement + ";", 1);
    long line = 1 + ptx.substring(0, ptx.indexOf(statement)).lines().count();
    refused(INVALID_PTX, why, ptx);
    refused(INVALID_PTX, "ptx, line " + line + ":", ptx);
  }

  /** {@code %r<20>} are 20 registers, from 0 on. */
  @Test
  void theLastOfARangeOfRegistersIsKnown() {
    try (PtxMachine machine = new PtxMachine()) {
      MemorySegment module = machine.module(PtxMachine.kernel("mov.u32 %r19, %r0;", 0));
      PtxMachine.succeed("cuModuleUnload", module);
    }
  }

  @Test
  void modulesOfOtherDriversAndDevices() {
    String ptx = PtxMachine.kernel("", 0);
    refused("CUDA_ERROR_UNSUPPORTED_PTX_VERSION", "7.5", ptx.replace("6.3", "7.5"));
    refused("CUDA_ERROR_NO_BINARY_FOR_GPU", "sm_75", ptx.replace("sm_50", "sm_75"));
    refused(INVALID_PTX, "address size '32'", ptx.replace("size 64", "size 32"));
    refused(INVALID_PTX, "unknown directive '.extern'", ptx + ".extern .func f;\n");
    refused(INVALID_PTX, "unknown directive '.global'", ptx + ".global .u32 x;\n");
    refused(INVALID_PTX, "expected '.version'", "not PTX");
    refused(INVALID_PTX, "end of text", ptx.substring(0, ptx.length() - 2));
  }

  /** Blocks of another size than the kernel wants are refused. */
  @Test
  void blocksHaveTheSizeThatTheKernelWants() {
    String ptx = PtxMachine.kernel("", 0);
    try (PtxMachine machine = new PtxMachine()) {
      for (String wants : new String[] {".reqntid 64, 1, 1", ".maxntid 64\n.minnctapersm 2"}) {
        MemorySegment module = machine.module(ptx.replace("k() {", "k() " + wants + " {"));
        MemorySegment function = machine.function(module, "k");
        assertEquals(0, machine.launch(PtxMachine.NULL, function, 1, 64));
        assertEquals(1, machine.launch(PtxMachine.NULL, function, 1, 128));
        assertTrue(TestDriver.report().contains("blocks of another size"));
        PtxMachine.succeed("cuModuleUnload", module);
      }
    }
  }
}
