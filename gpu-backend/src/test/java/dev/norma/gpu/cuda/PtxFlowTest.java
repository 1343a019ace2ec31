package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads of a warp that part and come together in the PTX interpreter. */
@RequiresTestDriver
class PtxFlowTest {
  /** What is tested here. */
  static final Set<String> OPCODES = Set.of("bra", "bra.uni", "exit", "ret");

  private static final int THREADS = 96;
  private static final int BLOCKS = 5;

  /** %q0 is the number of the thread, and its result goes to [%q1]. */
  private static final String START =
      """
          mov.u32 %r0, %ctaid.x;
          mad.lo.s32 %r0, %r0, 96, %tid.x;
          cvt.u64.u32 %q0, %r0;
          shl.b64 %q1, %q0, 3;
          add.s64 %q1, %q1, %a0;
          """;

  /** Sums %q2 of all threads of a warp into %q2: wrong unless all of them are together. */
  private static final String SUM =
      """
          cvt.u32.u64 %r1, %q2;
          shfl.sync.bfly.b32 %r2, %r1, 16, 31, -1;
          add.s32 %r1, %r1, %r2;
          shfl.sync.bfly.b32 %r2, %r1, 8, 31, -1;
          add.s32 %r1, %r1, %r2;
          shfl.sync.bfly.b32 %r2, %r1, 4, 31, -1;
          add.s32 %r1, %r1, %r2;
          shfl.sync.bfly.b32 %r2, %r1, 2, 31, -1;
          add.s32 %r1, %r1, %r2;
          shfl.sync.bfly.b32 %r2, %r1, 1, 31, -1;
          add.s32 %r1, %r1, %r2;
          cvt.u64.u32 %q2, %r1;
          """;

  private static void check(String body, LongUnaryOperator right) {
    try (PtxMachine machine = new PtxMachine()) {
      long out = machine.upload(new long[THREADS * BLOCKS]);
      int result = machine.run(START + body, BLOCKS, THREADS, out);
      assertEquals(0, result, () -> TestDriver.name(result) + "\n" + TestDriver.report());
      long[] all = machine.download(out, THREADS * BLOCKS);
      assertArrayEquals(LongStream.range(0, all.length).map(right).toArray(), all);
      PtxMachine.free(out);
    }
  }

  /** A loop of as many turns as the thread's number mod 7 says, then a sum over the warp. */
  @Test
  void loopsOfDifferentLengthMeetAgain() {
    String loop =
        """
            rem.u64 %q3, %q0, 7;
            mov.u64 %q2, 0;
            bra.uni test;
            turn:
            add.s64 %q2, %q2, %q3;
            sub.s64 %q3, %q3, 1;
            test:
            setp.ne.s64 %p1, %q3, 0;
            @%p1 bra turn;
            """
            + SUM
            + "st.global.u64 [%q1], %q2;\n";
    check(
        loop,
        n ->
            LongStream.range(n / 32 * 32, n / 32 * 32 + 32)
                .map(m -> m % 7 * (m % 7 + 1) / 2)
                .sum());
  }

  /** The block behind a branch lies in front of it in the text. */
  @Test
  void blocksMayLieInAnyOrder() {
    String body =
        """
            and.b64 %q3, %q0, 3;
            setp.lt.u64 %p1, %q3, 2;
            bra.uni choose;
            both:
            """
            + SUM
            + """
                st.global.u64 [%q1], %q2;
                ret;
                left:
                setp.eq.s64 %p2, %q3, 0;
                @%p2 bra first;
                mov.u64 %q2, 2;
                bra both;
                first:
                mov.u64 %q2, 1;
                bra.uni both;
                choose:
                @%p1 bra left;
                mov.u64 %q2, 4;
                bra.uni both;
                """;
    check(body, n -> 8 * (1 + 2 + 4 + 4));
  }

  /** A loop in a loop, left by a jump out of both. */
  @Test
  void jumpsLeaveNestedLoops() {
    String body =
        """
            mov.u64 %q2, 0;
            mov.u64 %q3, 0;
            outer:
            mov.u64 %q4, 0;
            inner:
            add.s64 %q2, %q2, 1;
            mul.lo.s64 %q5, %q3, %q4;
            setp.gt.u64 %p1, %q5, %q6;
            @%p1 bra out;
            add.s64 %q4, %q4, 1;
            setp.lt.u64 %p2, %q4, %q7;
            @%p2 bra inner;
            add.s64 %q3, %q3, 1;
            setp.lt.u64 %p3, %q3, 6;
            @%p3 bra outer;
            out:
            """;
    String start = "and.b64 %q6, %q0, 15;\nrem.u64 %q7, %q0, 5;\nadd.s64 %q7, %q7, 1;\n";
    check(
        start + body + SUM + "st.global.u64 [%q1], %q2;\n",
        n -> LongStream.range(n / 32 * 32, n / 32 * 32 + 32).map(PtxFlowTest::turns).sum());
  }

  private static long turns(long n) {
    long turns = 0;
    for (long i = 0; i < 6; i++) {
      for (long j = 0; j < n % 5 + 1; j++) {
        turns++;
        if (i * j > (n & 15)) {
          return turns;
        }
      }
    }
    return turns;
  }

  @Test
  void threadsReturnEarly() {
    String body =
        """
            st.global.u64 [%q1], 1;
            and.b64 %q3, %q0, 1;
            setp.eq.s64 %p1, %q3, 0;
            @%p1 ret;
            and.b64 %q3, %q0, 2;
            setp.eq.s64 %p2, %q3, 0;
            @%p2 bra leave;
            shfl.sync.idx.b32 %r2|%p3, %r0, 3, 31, 0x88888888;
            cvt.u64.u32 %q2, %r2;
            st.global.u64 [%q1], %q2;
            ret;
            leave:
            st.global.u64 [%q1], 5;
            exit;
            """;
    check(body, n -> n % 2 == 0 ? 1 : n % 4 == 1 ? 5 : n / 32 * 32 + 3);
  }

  @Test
  void predicatesGuardSingleInstructions() {
    String body =
        """
            and.b64 %q3, %q0, 1;
            setp.ne.s64 %p1, %q3, 0;
            mov.u64 %q2, 7;
            @%p1 mov.u64 %q2, %q0;
            @!%p1 add.s64 %q2, %q2, 1;
            @%p1 st.global.u64 [%q1], %q2;
            @!%p1 st.global.u64 [%q1], %q2;
            """;
    check(body, n -> n % 2 == 1 ? n : 8);
  }

  /** Whatever the order of blocks and warps, the result is the same; the last warp is not full. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 77, -5})
  void theOrderDoesNotMatter(long seed) {
    try (PtxMachine machine = new PtxMachine()) {
      TestDriver.set("seed", seed);
      long out = machine.allocate(8 * 70 * 9);
      String body =
          """
              mov.u32 %r0, %ctaid.x;
              mad.lo.s32 %r0, %r0, 70, %tid.x;
              mul.wide.u32 %q1, %r0, 8;
              add.s64 %q1, %q1, %a0;
              cvt.u64.u32 %q2, %r0;
              st.global.u64 [%q1], %q2;
              """;
      assertEquals(0, machine.run(body, 9, 70, out), TestDriver::report);
      assertArrayEquals(LongStream.range(0, 630).toArray(), machine.download(out, 630));
      PtxMachine.free(out);
    }
  }
}
