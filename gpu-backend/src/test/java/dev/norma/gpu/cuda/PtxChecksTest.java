package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Every fault of a kernel that the driver looks for: planted, and reported. */
@RequiresTestDriver
class PtxChecksTest {
  private static final int ILLEGAL_ADDRESS = 700;
  private static final int MISALIGNED_ADDRESS = 716;
  private static final int LAUNCH_FAILED = 719;

  /** %q1 is the address of the thread's word in a buffer, %q2 that in shared memory. */
  private static final String START =
      """
          .shared .align 8 .b8 cells[512];
          mov.u32 %r0, %tid.x;
          mul.wide.u32 %q0, %r0, 8;
          add.s64 %q1, %a0, %q0;
          mov.u64 %q2, cells;
          add.s64 %q2, %q2, %q0;
          mov.u64 %q3, 1;
          """;

  /** Runs 64 threads in two blocks; all words of their buffer but the last one were written. */
  private static void check(int result, String complaint, String body) {
    try (PtxMachine machine = new PtxMachine()) {
      long buffer = machine.allocate(8 * 64);
      PtxMachine.succeed("cuMemsetD8Async", buffer, (byte) 0, 8L * 63, PtxMachine.NULL);
      int actual = machine.run(START + body, 2, 64, buffer);
      String report = TestDriver.report();
      assertEquals(TestDriver.name(result), TestDriver.name(actual), report);
      assertTrue(report.contains(complaint), report);
      assertEquals(1, report.lines().count(), report);
      assertEquals(result, TestDriver.call("cuCtxSynchronize"), "the context has failed for good");
      assertEquals(result, TestDriver.call("cuMemFree_v2", buffer));
    }
  }

  /** Only the first block goes on. */
  private static String inOneBlock(String body) {
    return "mov.u32 %r9, %ctaid.x;\nsetp.ne.s32 %p9, %r9, 0;\n@%p9 bra end;\n" + body + "end:\n";
  }

  @Test
  void readsBehindTheEnd() {
    check(
        ILLEGAL_ADDRESS,
        "line 20, ld.global.u64, block (0, 0, 0), thread (63, 0, 0): read of 8 bytes out of bounds:"
            + " byte 512 of allocation 1, which has 512",
        "setp.eq.s32 %p1, %r0, 63;\n@%p1 ld.global.u64 %q4, [%q1+8];\n");
  }

  @Test
  void readsInFrontOfTheStart() {
    check(
        ILLEGAL_ADDRESS,
        "read of 8 bytes out of bounds: 8 bytes before allocation 1",
        inOneBlock("ld.global.u64 %q4, [%q1-8];\n"));
  }

  @Test
  void writesBehindTheEnd() {
    check(
        ILLEGAL_ADDRESS,
        "thread (63, 0, 0): write of 8 bytes out of bounds: byte 512 of allocation 1",
        inOneBlock("st.global.u64 [%q1+8], %q3;\n"));
  }

  @Test
  void addressesOfNothing() {
    check(ILLEGAL_ADDRESS, "out of bounds: no allocation", "ld.global.u64 %q4, [%q0];\n");
  }

  @Test
  void sharedMemoryBehindTheEnd() {
    check(
        ILLEGAL_ADDRESS,
        "thread (63, 0, 0): write of 8 bytes out of bounds: byte 512 of shared memory, which has 512",
        "st.shared.u64 [%q2+8], %q3;\n");
    check(
        ILLEGAL_ADDRESS,
        "thread (63, 0, 0): read of 8 bytes out of bounds: byte 512 of shared memory, which has 512",
        "cvta.shared.u64 %q4, %q2;\nsetp.eq.s32 %p1, %r0, 63;\n@%p1 ld.u64 %q5, [%q4+8];\n");
  }

  @Test
  void readsOfWhatNothingWrote() {
    check(
        ILLEGAL_ADDRESS,
        "thread (63, 0, 0): read of memory that nothing wrote: byte 504 of allocation 1",
        "ld.global.u64 %q4, [%q1];\n");
    check(
        ILLEGAL_ADDRESS,
        "thread (1, 0, 0): read of memory that nothing wrote: byte 8 of shared memory",
        "setp.eq.s32 %p1, %r0, 0;\n@%p1 st.shared.u64 [%q2], %q3;\nld.shared.u64 %q4, [%q2];\n");
  }

  /** What an earlier block left in shared memory is not there. */
  @Test
  void sharedMemoryIsNewInEachBlock() {
    check(
        ILLEGAL_ADDRESS,
        "block (1, 0, 0), thread (0, 0, 0): read of memory that nothing wrote",
        inOneBlock("st.shared.u64 [%q2], %q3;\n") + "ld.shared.u64 %q4, [%q2];\n");
  }

  @Test
  void misalignedAddresses() {
    check(
        MISALIGNED_ADDRESS,
        "thread (0, 0, 0): misaligned access of 8 bytes",
        "ld.global.u64 %q4, [%q1+4];\n");
    check(
        MISALIGNED_ADDRESS,
        "thread (1, 0, 0): misaligned access of 16 bytes",
        "st.global.v2.u64 [%q1], {%q3, %q3};\n");
    check(
        MISALIGNED_ADDRESS,
        "thread (0, 0, 0): misaligned access of 4 bytes",
        "st.shared.u32 [%q2+2], %r0;\n");
  }

  @Test
  void racesBetweenThreadsOfABlock() {
    String write = "st.shared.u64 [%q2], %q3;\n";
    check(
        LAUNCH_FAILED,
        "thread (32, 0, 0): race: read of byte 0 of shared memory, which thread 0 wrote since the last"
            + " barrier",
        write + "setp.gt.s32 %p1, %r0, 31;\n@%p1 ld.shared.u64 %q5, [%q2-256];\n");
    check(
        LAUNCH_FAILED,
        "thread (1, 0, 0): race: write of byte 0 of shared memory, which thread 0 wrote",
        "st.shared.u64 [cells], %q3;\n");
    check(
        LAUNCH_FAILED,
        "thread (1, 0, 0): race: write of byte 0 of shared memory, which several threads read",
        write
            + """
                bar.sync 0;
                ld.shared.u64 %q4, [cells];
                setp.eq.s32 %p1, %r0, 1;
                @%p1 st.shared.u64 [cells], %q3;
                """);
  }

  /** Accesses of different sizes that touch the same bytes race as well. */
  @Test
  void racesOfPartsOfWords() {
    check(
        LAUNCH_FAILED,
        "block (0, 0, 0), thread (5, 0, 0): race: write of byte 6 of shared memory, which thread 0"
            + " wrote",
        """
            setp.eq.s32 %p1, %r0, 0;
            @%p1 st.shared.u64 [%q2], %q3;
            setp.eq.s32 %p2, %r0, 5;
            @%p2 st.shared.u16 [cells+6], %r0;
            """);
  }

  @Test
  void racesBetweenBlocks() {
    check(
        LAUNCH_FAILED,
        "block (1, 0, 0), thread (0, 0, 0): race: write of byte 0 of allocation 1, which thread 0"
            + " wrote in the same launch",
        "st.global.u64 [%q1], %q3;\n");
    check(
        LAUNCH_FAILED,
        "block (1, 0, 0), thread (0, 0, 0): race: read of byte 0 of allocation 1, which thread 0 wrote",
        inOneBlock("st.global.u64 [%q1], %q3;\n") + "ld.global.u64 %q4, [%q1];\n");
  }

  /** Reading what others read is none, nor is what one thread does alone. */
  @Test
  void accessesThatDoNotRace() {
    try (PtxMachine machine = new PtxMachine()) {
      long buffer = machine.upload(new long[64]);
      String body =
          "ld.global.u64 %q4, [%a0];\nadd.s64 %q5, %a1, %q0;\n"
              + inOneBlock("st.global.u64 [%q5], %q3;\nld.global.u64 %q4, [%q5];\n")
              + """
                  st.shared.u64 [%q2], %q3;
                  ld.shared.u64 %q4, [%q2];
                  st.shared.u8 [%q2+3], %q4;
                  bar.sync 0;
                  xor.b32 %r1, %r0, 63;
                  mul.wide.u32 %q4, %r1, 8;
                  ld.shared.u64 %q5, [%q4];
                  bar.sync 0;
                  st.shared.u64 [%q2], %q3;
                  """;
      long out = machine.allocate(8 * 64);
      assertEquals(0, machine.run(START + body, 2, 64, buffer, out), TestDriver::report);
      PtxMachine.free(buffer);
      PtxMachine.free(out);
    }
  }

  /** The shadow numbers 255 launches, and then begins anew: of earlier ones it knows nothing. */
  @Test
  void launchesDoNotRaceWithEachOther() {
    try (PtxMachine machine = new PtxMachine()) {
      long buffer = machine.allocate(16);
      String body = "setp.eq.s64 %p1, %q0, %a1;\n@%p1 st.global.u64 [%a0], %q3;\n";
      for (int launch = 0; launch < 600; launch++) {
        boolean other = launch % 255 == 0;
        long thread = other ? launch / 255 * 8 : 0;
        int result = machine.run(START + body, 1, 64, buffer + (other ? 8 : 0), thread);
        assertEquals(0, result, TestDriver::report);
      }
      PtxMachine.free(buffer);
    }
  }

  @Test
  void barriersInDivergentCode() {
    check(
        LAUNCH_FAILED,
        "thread (7, 0, 0): barrier in divergent code, which this thread does not reach",
        "setp.eq.s32 %p1, %r0, 7;\n@%p1 bra around;\nbar.sync 0;\naround:\n");
    check(
        LAUNCH_FAILED,
        "thread (7, 0, 0): barrier in divergent code",
        "setp.eq.s32 %p1, %r0, 7;\n@%p1 ret;\nbar.sync 0;\n");
    check(
        LAUNCH_FAILED, "barrier under a predicate", "setp.eq.s32 %p1, %r0, 7;\n@%p1 bar.sync 0;\n");
  }

  @Test
  void barriersThatSomeWarpsDoNotReach() {
    check(
        LAUNCH_FAILED,
        "barrier that warp 0 waits at is not reached by warp 1, which has ended",
        "setp.gt.s32 %p1, %r0, 31;\n@%p1 bra around;\nbar.sync 0;\naround:\n");
    check(
        LAUNCH_FAILED,
        "barrier that warp 0 waits at is not reached by warp 1, which waits at another",
        """
            setp.gt.s32 %p1, %r0, 31;
            @%p1 bra other;
            bar.sync 0;
            bra done;
            other:
            bar.sync 0;
            done:
            """);
  }

  @Test
  void shufflesWithAWrongMask() {
    check(
        LAUNCH_FAILED,
        "shuffle with the mask 0x0000ffff while the threads 0xffffffff execute it",
        "shfl.sync.bfly.b32 %r1, %r0, 1, 31, 0xffff;\n");
    check(
        LAUNCH_FAILED,
        "shuffle with the mask 0xffffffff while the threads 0xffffff7f execute it",
        """
            setp.eq.s32 %p1, %r0, 7;
            @%p1 bra around;
            shfl.sync.bfly.b32 %r1, %r0, 1, 31, -1;
            around:
            """);
  }

  @Test
  void shufflesFromLanesThatAreNotActive() {
    check(
        LAUNCH_FAILED,
        "thread (6, 0, 0): shuffle from lane 7, which is not active",
        """
            setp.eq.s32 %p1, %r0, 7;
            @%p1 bra around;
            shfl.sync.bfly.b32 %r1, %r0, 1, 31, 0xffffff7f;
            around:
            """);
  }

  @Test
  void branchesThatAreNotUniform() {
    check(
        LAUNCH_FAILED,
        "bra.uni that is not uniform",
        "setp.eq.s32 %p1, %r0, 7;\n@%p1 bra.uni around;\naround:\n");
  }

  @Test
  void traps() {
    check(
        LAUNCH_FAILED,
        "thread (9, 0, 0): trap",
        "setp.eq.s32 %p1, %r0, 9;\n@!%p1 bra around;\ntrap;\naround:\n");
  }
}
