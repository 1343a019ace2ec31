package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The texts that the driver gives: how much room they take, and what it gives if there is less. */
@RequiresTestDriver
class PtxTextsTest {
  private static final String REPORT = "norma_test_report";
  private static final String COUNTERS = "norma_test_counters";

  /** With no room, with too little, with a byte too little, and with just enough. */
  private static void check(PtxMachine machine, String function, String right) {
    byte[] bytes = right.getBytes(StandardCharsets.UTF_8);
    int needed = bytes.length + 1; // the text ends with a 0
    assertEquals(needed, TestDriver.size(function, MemorySegment.NULL));
    for (int size : new int[] {1, 10, needed - 1, needed}) {
      MemorySegment room = machine.arena().allocate(needed + 8);
      room.fill((byte) 0x55);
      assertEquals(needed, TestDriver.size(function, room.asSlice(0, size)), right);
      assertEquals(new String(bytes, 0, size - 1, StandardCharsets.UTF_8), room.getString(0));
      assertEquals(0x55, room.get(ValueLayout.JAVA_BYTE, size), "behind it");
    }
  }

  @Test
  void countersStay() {
    try (PtxMachine machine = new PtxMachine()) {
      TestDriver.set("count", 1);
      assertEquals(0, machine.run("", 1, 1));
      String counters = TestDriver.counters();
      assertTrue(counters.startsWith("[{\"kernel\": \"k\"") && counters.endsWith("}]\n"), counters);
      check(machine, COUNTERS, counters);
      assertEquals(counters, TestDriver.counters());
    }
  }

  /** Complaints stay until there is room for all of them. */
  @Test
  void complaintsAreForgottenOnceTheyAreGiven() {
    try (PtxMachine machine = new PtxMachine()) {
      TestDriver.call("cuMemFree_v2", 77L);
      String first = TestDriver.report();
      assertTrue(first.contains("cuMemFree_v2") && first.endsWith("\n"), first);
      assertEquals("", TestDriver.report());
      TestDriver.call("cuMemFree_v2", 77L);
      check(machine, REPORT, first);
      assertEquals("", TestDriver.report());
    }
  }
}
