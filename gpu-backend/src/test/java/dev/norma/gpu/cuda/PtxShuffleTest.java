package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exchange between the lanes of a warp, and between warps by shared memory. */
@RequiresTestDriver
class PtxShuffleTest {
  /** What is tested here. */
  static final Set<String> OPCODES =
      Set.of(
          "bar.sync",
          "barrier.sync",
          "shfl.sync.bfly.b32",
          "shfl.sync.down.b32",
          "shfl.sync.idx.b32",
          "shfl.sync.up.b32");

  /** The lane that PTX names as the source; itself where that is outside of its segment. */
  private static long source(String mode, int lane, int b, int c) {
    int segment = (c >> 8) & 31;
    int bound = (lane & segment) | (c & 31 & ~segment);
    int from =
        switch (mode) {
          case "up" -> lane - b;
          case "down" -> lane + b;
          case "bfly" -> lane ^ b;
          default -> (lane & segment) | (b & ~segment);
        };
    boolean inside = mode.equals("up") ? from >= bound : from <= bound;
    return inside ? from + 100 : lane + 200;
  }

  /** Segments of 32, 8 and 4 lanes have c = 31, 0x181f and 0x1c1f; up has no bound, 0. */
  @ParameterizedTest
  @CsvSource({
    "bfly, 1, 31",
    "bfly, 16, 31",
    "bfly, 7, 31",
    "bfly, 4, 0x181f",
    "bfly, 8, 0x181f",
    "down, 1, 31",
    "down, 5, 31",
    "down, 3, 0x1c1f",
    "down, 0, 31",
    "up, 1, 0",
    "up, 9, 0",
    "up, 2, 0x1800",
    "idx, 0, 31",
    "idx, 31, 31",
    "idx, 2, 0x181f",
    "idx, 20, 7"
  })
  void lanesAreThoseThatPtxNames(String mode, int b, String bound) {
    int c = Integer.decode(bound);
    String body =
        "mov.u32 %r0, %tid.x;\nadd.s32 %r1, %r0, 100;\n"
            + ("shfl.sync." + mode + ".b32 %r2|%p1, %r1, " + b + ", " + c + ", -1;\n")
            + """
                add.s32 %r3, %r2, 100;
                selp.b32 %r2, %r2, %r3, %p1;
                cvt.u64.u32 %q2, %r2;
                mul.wide.u32 %q1, %r0, 8;
                add.s64 %q1, %q1, %a0;
                st.global.u64 [%q1], %q2;
                """;
    try (PtxMachine machine = new PtxMachine()) {
      long out = machine.allocate(8 * 32);
      assertEquals(0, machine.run(body, 1, 32, out), TestDriver::report);
      long[] right = LongStream.range(0, 32).map(l -> source(mode, (int) l, b, c)).toArray();
      assertArrayEquals(right, machine.download(out, 32));
      PtxMachine.free(out);
    }
  }

  /** Three times, each thread passes its value on to the next one but 37, between barriers. */
  @ParameterizedTest
  @CsvSource({"bar.sync, 0", "barrier.sync, 0", "bar.sync, 3", "bar.sync, 12"})
  void barriersOrderSharedMemory(String barrier, long seed) {
    String body =
        """
            .shared .align 4 .b8 cells[512];
            mov.u32 %r0, %tid.x;
            mov.u32 %r1, %r0;
            mul.wide.u32 %q1, %r0, 4;
            mov.u64 %q2, cells;
            add.s64 %q1, %q1, %q2;
            add.s32 %r2, %r0, 37;
            and.b32 %r2, %r2, 127;
            mul.wide.u32 %q3, %r2, 4;
            add.s64 %q3, %q3, %q2;
            mov.u32 %r5, 0;
            again:
            st.shared.u32 [%q1], %r1;
            """
            + (barrier + " 0;\nld.shared.u32 %r1, [%q3];\n" + barrier + " 0;\n")
            + """
                add.s32 %r5, %r5, 1;
                setp.lt.s32 %p1, %r5, 3;
                @%p1 bra again;
                mul.wide.u32 %q4, %r0, 8;
                add.s64 %q4, %q4, %a0;
                cvt.u64.u32 %q5, %r1;
                st.global.u64 [%q4], %q5;
                """;
    try (PtxMachine machine = new PtxMachine()) {
      TestDriver.set("seed", seed);
      long out = machine.allocate(8 * 128);
      assertEquals(0, machine.run(body, 1, 128, out), TestDriver::report);
      long[] right = LongStream.range(0, 128).map(t -> (t + 111) & 127).toArray();
      assertArrayEquals(right, machine.download(out, 128));
      PtxMachine.free(out);
    }
  }
}
