package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the driver counts, for accesses whose cost is known. */
@RequiresTestDriver
class PtxCountersTest {
  private static final String START = "mov.u32 %r0, %tid.x;\n";

  private static String counted(String body, int blocks, int threads) {
    try (PtxMachine machine = new PtxMachine()) {
      long buffer = machine.upload(new long[4096]);
      TestDriver.set("count", 1);
      assertEquals(0, machine.run(START + body, blocks, threads, buffer), TestDriver::report);
      PtxMachine.free(buffer);
      return TestDriver.counters();
    }
  }

  private static long value(String counters, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\": (\\d+)").matcher(counters);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
  }

  private static void check(String counters, Object... namesAndValues) {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      String name = (String) namesAndValues[i];
      assertEquals(((Integer) namesAndValues[i + 1]).longValue(), value(counters, name), name);
    }
  }

  private static String load(int stride, int offset) {
    return "mul.wide.u32 %q1, %r0, "
        + stride
        + """
            ;
            add.s64 %q1, %q1, %a0;
            ld.global.u32 %r1, [%q1+"""
        + offset
        + "];\n";
  }

  /** Of 32 neighbouring words, of such that lie 8, 32 and 64 bytes apart, and of shifted ones. */
  @Test
  void sectors() {
    int[][] cases = {{4, 0, 4}, {8, 0, 8}, {32, 0, 32}, {64, 0, 32}, {4, 4, 5}, {0, 0, 1}};
    for (int[] c : cases) {
      String counters = counted(load(c[0], c[1]), 1, 32);
      check(counters, "sectorsRead", c[2], "fewestSectorsRead", 4, "bytesRead", 128);
      check(counters, "distinctSectorsRead", c[2], "accesses", 1, "launches", 1);
    }
  }

  @Test
  void sectorsThatAreReadAgain() {
    String counters = counted(load(4, 0) + load(4, 0), 3, 32);
    check(counters, "sectorsRead", 24, "distinctSectorsRead", 4, "blocks", 3);
  }

  /** Elements are what memory of the size that is set holds. */
  @Test
  void elements() {
    String read = countedElements(64, load(4, 0) + load(4, 4));
    check(read, "elementSectorsRead", 9, "elementDistinctRead", 5, "mostLoadBytesInFlight", 256);
    String written = countedElements(64, load(4, 0) + "st.global.u32 [%q1], %r1;\n");
    check(written, "elementSectorsWritten", 4, "elementDistinctWritten", 4);
    String others = countedElements(65, load(4, 0));
    check(others, "sectorsRead", 4, "elementSectorsRead", 0, "mostLoadBytesInFlight", 0);
  }

  private static String countedElements(int size, String body) {
    try (PtxMachine machine = new PtxMachine()) {
      long buffer = machine.upload(new long[size]);
      TestDriver.set("count", 64 * Long.BYTES);
      assertEquals(0, machine.run(START + body, 1, 32, buffer), TestDriver::report);
      PtxMachine.free(buffer);
      return TestDriver.counters();
    }
  }

  @Test
  void instructions() {
    String counters =
        counted("setp.lt.s32 %p1, %r0, 8;\n@%p1 bra on;\nadd.s32 %r1, %r0, 1;\non:\n", 2, 40);
    // Parameter, mov, setp, branch and ret, in two warps of each block; the sum in one, and there
    // in 24 of 32 threads, as well as in the 8 of the second warp.
    check(counters, "warpInstructions", 2 * 2 * 6, "threadInstructions", 2 * (40 * 5 + 32));
  }

  @Test
  void bankConflicts() {
    int[][] cases = {{4, 0}, {8, 1}, {128, 31}, {12, 0}, {0, 0}};
    for (int[] c : cases) {
      String body =
          ".shared .align 16 .b8 cells[4096];\nmul.wide.u32 %q1, %r0, "
              + c[0]
              + """
                  ;
                  mov.u64 %q2, cells;
                  add.s64 %q1, %q1, %q2;
                  setp.eq.s32 %p1, %r0, 0;
                  """;
      String access =
          c[0] == 0
              ? "@%p1 st.shared.u32 [%q1], %r0;\nbar.sync 0;\nld.shared.u32 %r1, [%q1];\n"
              : "st.shared.u32 [%q1], %r0;\n";
      check(counted(body + access, 1, 32), "bankConflicts", c[1]);
    }
  }

  @Test
  void wideAccessesGoByPartsOfAWarp() {
    String body =
        """
            .shared .align 16 .b8 cells[4096];
            mul.wide.u32 %q1, %r0, 16;
            mov.u64 %q2, cells;
            add.s64 %q1, %q1, %q2;
            st.shared.v4.u32 [%q1], {%r0, %r0, %r0, %r0};
            """;
    check(counted(body, 1, 32), "bankConflicts", 0, "sharedAccesses", 1);
  }

  @Test
  void barriersAndShuffles() {
    String counters =
        counted("bar.sync 0;\nshfl.sync.bfly.b32 %r1, %r0, 1, 31, -1;\nbar.sync 0;\n", 2, 64);
    check(counters, "barriers", 8, "shuffles", 4);
  }

  /** Four loads before the first use; then one more while two of them are still not used. */
  @Test
  void loadsInFlight() {
    String own = "mul.wide.u32 %q8, %r0, 8;\nadd.s64 %q8, %q8, %a0;\n";
    String load = "ld.global.u64 %q";
    String body =
        load
            + "1, [%q8];\n"
            + load
            + "2, [%q8+8];\n"
            + load
            + "3, [%q8+16];\n"
            + load
            + "4, [%q8+24];\nadd.s64 %q5, %q2, 1;\n"
            + load
            + """
                6, [%q8+32];
                add.s64 %q7, %q6, %q1;
                """;
    check(counted(own + body, 1, 32), "mostLoadsInFlight", 4, "mostLoadBytesInFlight", 4 * 32 * 8);
    String used = load + "1, [%q8];\nadd.s64 %q2, %q1, 1;\n";
    check(counted(own + used + used, 1, 32), "mostLoadsInFlight", 1);
  }

  @Test
  void whatLanesLookUpTogetherIsNotUnderWay() {
    String counters = counted("ld.global.u64 %q1, [%a0];\n" + load(4, 0), 1, 32);
    check(counters, "mostLoadsInFlight", 2, "mostLoadBytesInFlight", 32 * 4);
  }
}
