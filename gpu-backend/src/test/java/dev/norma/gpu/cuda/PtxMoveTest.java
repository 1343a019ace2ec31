package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Moves of the PTX interpreter: between registers, of their parts, and of what is constant. */
@RequiresTestDriver
class PtxMoveTest {
  private static final long BITS = 0x8899aabbccddeeffL;

  static List<PtxOperation> all() {
    List<PtxOperation> all = new ArrayList<>();
    for (String type : List.of("b", "u", "s")) {
      for (int bits : new int[] {16, 32, 64}) {
        all.add(move(type + bits));
      }
    }
    all.addAll(List.of(move("f32"), move("f64"), move("pred")));
    return all;
  }

  private static PtxOperation move(String type) {
    return PtxOperation.of("mov." + type, type, type, (a, b, c, d) -> a);
  }

  @Test
  void registersKeepTheirBits() {
    PtxOperation.check(all());
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
    assertArrayEquals(right, PtxMachine.results(body, 5, BITS));
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
            mov.pred %p1, 0;
            selp.u64 %q4, 1, 0, %p1;
            st.global.u64 [%a1+40], %q4;
            mov.pred %p2, -2;
            selp.u64 %q5, 1, 0, %p2;
            st.global.u64 [%a1+48], %q5;
            """;
    long[] right = {
      Double.doubleToRawLongBits(1.5), Double.doubleToRawLongBits(-2), -3, 0xfffffffdL, 255, 0, 1
    };
    assertArrayEquals(right, PtxMachine.results(body, 7, 1));
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
