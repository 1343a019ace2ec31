package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Loads, stores and moves of the PTX interpreter, in all widths and spaces. */
class PtxMemoryTest {
  private static final long BITS = 0x8899aabbccddeeffL;

  private static long[] run(String body, int results, long... input) {
    try (PtxMachine machine = new PtxMachine()) {
      long in = machine.upload(input);
      long out = machine.allocate(8L * results);
      int result = machine.run(body, 1, 1, in, out);
      assertEquals(0, result, () -> PtxDriver.name(result) + "\n" + PtxDriver.report());
      long[] values = machine.download(out, results);
      PtxMachine.free(in);
      PtxMachine.free(out);
      return values;
    }
  }

  /** Loads with an opcode into a register of 64 bits, from the second word of the input. */
  private static long loaded(String opcode) {
    return run(opcode + " %q1, [%a0+8];\nst.global.u64 [%a1], %q1;", 1, 1, BITS)[0];
  }

  @Test
  void loadsExtendToTheRegister() {
    assertEquals(0xff, loaded("ld.global.u8"));
    assertEquals(-1, loaded("ld.global.s8"));
    assertEquals(0xff, loaded("ld.global.b8"));
    assertEquals(0xeeff, loaded("ld.global.u16"));
    assertEquals(0xffffffffffffeeffL, loaded("ld.global.s16"));
    assertEquals(0xccddeeffL, loaded("ld.global.u32"));
    assertEquals(0xffffffffccddeeffL, loaded("ld.global.s32"));
    assertEquals(BITS, loaded("ld.global.b64"));
    assertEquals(BITS, loaded("ld.global.nc.u64"));
    assertEquals(BITS, loaded("ld.u64"));
    String small = "ld.global.s8 %h1, [%a0+8];\ncvt.u64.u16 %q1, %h1;\nst.global.u64 [%a1], %q1;";
    assertEquals(0xffff, run(small, 1, 1, BITS)[0]);
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
    assertArrayEquals(new long[] {0xffff5678ffffff00L, 0x73f800000L}, run(body, 2, 1));
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
    assertArrayEquals(right, run(body, 6, in));
  }

  @Test
  void movesPackAndUnpack() {
    String body =
        """
            ld.global.u64 %q1, [%a0];
            mov.b64 {%r1, %r2}, %q1;
            mov.b64 %q2, {%r2, %r1};
            mov.b64 {%h1, %h2, %h3, %h4}, %q1;
            mov.b64 %q3, {%h4, %h3, %h2, %h1};
            mov.b64 {_, %r3}, %q1;
            mov.b32 {%h5, %h6}, %r3;
            mov.b32 %r4, {%h6, %h5};
            cvt.u64.u32 %q4, %r4;
            mov.b64 %d1, %q1;
            mov.f64 %d2, %d1;
            mov.b32 %f1, %r1;
            mov.b32 %r5, %f1;
            cvt.u64.u32 %q5, %r5;
            st.global.u64 [%a1], %q2;
            st.global.u64 [%a1+8], %q3;
            st.global.u64 [%a1+16], %q4;
            st.global.f64 [%a1+24], %d2;
            st.global.u64 [%a1+32], %q5;
            """;
    long[] right = {0xccddeeff8899aabbL, 0xeeffccddaabb8899L, 0xaabb8899L, BITS, 0xccddeeffL};
    assertArrayEquals(right, run(body, 5, BITS));
  }

  @Test
  void constantsAreOfTheirType() {
    String body =
        """
            mov.f64 %d1, 0d3FF8000000000000;
            st.global.f64 [%a1], %d1;
            mov.f32 %f1, 0fC0000000;
            cvt.f64.f32 %d2, %f1;
            st.global.f64 [%a1+8], %d2;
            mov.u64 %q1, -3;
            st.global.u64 [%a1+16], %q1;
            mov.u32 %r1, -3;
            cvt.u64.u32 %q2, %r1;
            st.global.u64 [%a1+24], %q2;
            mov.u64 %q3, 0xFFU;
            st.global.u64 [%a1+32], %q3;
            """;
    long[] right = {
      Double.doubleToRawLongBits(1.5), Double.doubleToRawLongBits(-2), -3, 0xfffffffdL, 255
    };
    assertArrayEquals(right, run(body, 5, 1));
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
    assertArrayEquals(new long[] {BITS, 0}, run(body, 2, BITS));
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
      assertEquals(0, result, PtxDriver::report);
      assertArrayEquals(new long[] {255, BITS, 0xfffe, -5}, machine.download(out, 4));
      PtxMachine.free(out);
      PtxMachine.succeed("cuModuleUnload", module);
    }
  }

  /** Where the thread is, for blocks and grids of three dimensions. */
  @Test
  void specialRegistersSayWhereAThreadIs() {
    StringBuilder body = new StringBuilder();
    String[] names = {
      "tid.x",
      "tid.y",
      "tid.z",
      "ctaid.x",
      "ctaid.y",
      "ctaid.z",
      "ntid.x",
      "ntid.y",
      "ntid.z",
      "nctaid.x",
      "nctaid.y",
      "nctaid.z",
      "laneid",
      "warpid"
    };
    body.append("mov.u32 %r1, %tid.z;\nmad.lo.s32 %r1, %r1, 5, %tid.y;\n");
    body.append("mad.lo.s32 %r1, %r1, 4, %tid.x;\nmov.u32 %r2, %ctaid.z;\n");
    body.append("mad.lo.s32 %r2, %r2, 2, %ctaid.y;\nmad.lo.s32 %r2, %r2, 3, %ctaid.x;\n");
    body.append(
        "mad.lo.s32 %r3, %r2, 40, %r1;\nmul.wide.u32 %q1, %r3, 112;\nadd.s64 %q1, %q1, %a0;\n");
    for (int i = 0; i < names.length; i++) {
      body.append("mov.u32 %r4, %" + names[i] + ";\ncvt.u64.u32 %q2, %r4;\n");
      body.append("st.global.u64 [%q1+" + 8 * i + "], %q2;\n");
    }
    try (PtxMachine machine = new PtxMachine()) {
      MemorySegment module = machine.module(PtxMachine.kernel(body.toString(), 1));
      MemorySegment function = machine.function(module, "k");
      long out = machine.allocate(12L * 40 * 112);
      MemorySegment value = machine.arena().allocateFrom(ValueLayout.JAVA_LONG, out);
      MemorySegment values = machine.arena().allocateFrom(ValueLayout.ADDRESS, value);
      PtxMachine.succeed(
          "cuLaunchKernel",
          function,
          3,
          2,
          2,
          4,
          5,
          2,
          0,
          PtxMachine.NULL,
          values,
          PtxMachine.NULL);
      long[] all = machine.download(out, 12 * 40 * 14);
      for (int i = 0; i < 12 * 40; i++) {
        int t = i % 40;
        int b = i / 40;
        long[] right = {
          t % 4, t / 4 % 5, t / 20, b % 3, b / 3 % 2, b / 6, 4, 5, 2, 3, 2, 2, t % 32, t / 32
        };
        assertArrayEquals(right, Arrays.copyOfRange(all, 14 * i, 14 * i + 14));
      }
      PtxMachine.free(out);
      PtxMachine.succeed("cuModuleUnload", module);
    }
  }
}
