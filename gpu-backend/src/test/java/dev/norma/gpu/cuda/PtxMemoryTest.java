package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/**
 * Memory of the PTX interpreter, besides what {@link PtxAccessTest} has: registers, spaces,
 * parameters.
 */
@RequiresTestDriver
class PtxMemoryTest {
  private static final long BITS = 0x8899aabbccddeeffL;

  @Test
  void aRegisterOf16BitsHoldsAnExtendedByte() {
    String body = "ld.global.s8 %h1, [%a0+8];\ncvt.u64.u16 %q1, %h1;\nst.global.u64 [%a1], %q1;";
    assertArrayEquals(new long[] {0xffff}, PtxMachine.results(body, 1, 1, BITS));
  }

  @Test
  void storesKeepWhatIsBeside() {
    String body =
        """
            mov.u64 %q1, 0;
            st.global.u64 [%a1], %a0;
            st.global.u64 [%a1], -1;
            st.global.u8 [%a1], %q1;
            mov.u32 %r1, 0x12345678;
            st.global.u16 [%a1+4], %r1;
            st.global.f32 [%a1+8], 0f3F800000;
            st.u32 [%a1+12], 7;
            """;
    assertArrayEquals(
        new long[] {0xffff5678ffffff00L, 0x73f800000L}, PtxMachine.results(body, 2, 1));
  }

  @Test
  void vectorsLieInOrder() {
    String body =
        """
            ld.global.v4.u16 {%h1, %h2, %h3, %h4}, [%a0];
            st.global.v4.u16 [%a1], {%h4, %h3, %h2, %h1};
            ld.global.v2.f64 {%d1, %d2}, [%a0+16];
            st.global.v2.f64 [%a1+16], {%d2, %d1};
            ld.global.v2.u32 {%r1, %r2}, [%a0+8];
            st.global.v2.u32 [%a1+8], {%r2, %r1};
            ld.global.nc.v4.u32 {%r1, %r2, %r3, %r4}, [%a0];
            st.global.v4.u32 [%a1+32], {%r4, %r3, %r2, %r1};
            """;
    long[] in = {0x1111222233334444L, BITS, 5, 6};
    long[] right = {
      0x4444333322221111L, 0xccddeeff8899aabbL, 6, 5, 0xccddeeff8899aabbL, 0x3333444411112222L
    };
    assertArrayEquals(right, PtxMachine.results(body, 6, in));
  }

  /** The same memory by its offset and by its generic address; global addresses are generic. */
  @Test
  void spacesHaveGenericAddresses() {
    String body =
        """
            .shared .align 8 .b8 cell[16];
            mov.u64 %q1, cell;
            ld.global.u64 %q2, [%a0];
            st.shared.u64 [%q1+8], %q2;
            cvta.shared.u64 %q3, %q1;
            ld.u64 %q4, [%q3+8];
            st.u64 [%q3], %q4;
            cvta.to.shared.u64 %q5, %q3;
            ld.shared.u64 %q6, [%q5];
            cvta.to.global.u64 %q7, %a1;
            st.global.u64 [%q7], %q6;
            cvta.global.u64 %q8, %a1;
            st.u64 [%q8+8], %q1;
            st.shared.v2.f32 [cell], {%f1, %f1};
            """;
    assertArrayEquals(new long[] {BITS, 0}, PtxMachine.results(body, 2, BITS));
  }

  /** Parameters of all widths lie where their alignment wants them. */
  @Test
  void parametersAreAligned() {
    String ptx =
        PtxMachine.HEADER
            + """
                .visible .entry k(.param .u8 a, .param .f64 b, .param .u16 c, .param .u32 d, .param .u64 .ptr .global .align 8 e) {
                .reg .b64 %q<9>;
                .reg .f64 %d1;
                ld.param.u8 %q1, [a];
                ld.param.f64 %d1, [b];
                ld.param.u16 %q2, [c];
                ld.param.s32 %q3, [d];
                ld.param.u64 %q4, [e];
                st.global.u64 [%q4], %q1;
                st.global.f64 [%q4+8], %d1;
                st.global.u64 [%q4+16], %q2;
                st.global.u64 [%q4+24], %q3;
                ret;
                }
                """;
    try (PtxMachine machine = new PtxMachine()) {
      MemorySegment module = machine.module(ptx);
      long out = machine.allocate(32);
      int result =
          machine.launch(
              PtxMachine.NULL, machine.function(module, "k"), 1, 1, 0x1ff, BITS, 0x2fffe, -5, out);
      assertEquals(0, result, TestDriver::report);
      assertArrayEquals(new long[] {255, BITS, 0xfffe, -5}, machine.download(out, 4));
      PtxMachine.free(out);
      PtxMachine.succeed("cuModuleUnload", module);
    }
  }
}
