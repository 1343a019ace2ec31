package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

/** Every misuse of the API that the driver looks for: planted, and reported. */
@RequiresTestDriver
class PtxApiChecksTest {
  private static final int INVALID_VALUE = 1;
  private static final int OUT_OF_MEMORY = 2;
  private static final int INVALID_CONTEXT = 201;
  private static final int INVALID_HANDLE = 400;
  private static final int NOT_READY = 600;
  private static final int ILLEGAL_ADDRESS = 700;

  private static final String STORE = "st.global.u64 [%a0], 7;\n";

  private static void complains(String what, int result, String function, Object... arguments) {
    int actual = TestDriver.call(function, arguments);
    String report = TestDriver.report();
    assertEquals(TestDriver.name(result), TestDriver.name(actual), report);
    assertTrue(report.contains(function.split("_v2", -1)[0]) && report.contains(what), report);
  }

  @SuppressWarnings("restricted") // Memory of the driver has no size.
  private static MemorySegment pinned(PtxMachine machine, long bytes) {
    return machine.handle("cuMemAllocHost_v2", bytes).reinterpret(bytes);
  }

  @Test
  void whatIsNotReleasedLeaks() {
    try (PtxMachine machine = new PtxMachine()) {
      machine.allocate(100);
      machine.handle("cuMemAllocHost_v2", 200L);
      machine.handle("cuStreamCreate", 1);
      machine.handle("cuEventCreate", 2);
      machine.module(PtxMachine.kernel("", 0));
      String report = machine.release();
      assertEquals(5, report.lines().filter(line -> line.startsWith("leak: ")).count(), report);
      for (String what :
          new String[] {"allocation 1 of 100 bytes", "200 bytes", "stream", "event", "module"}) {
        assertTrue(report.contains(what), report);
      }
    }
  }

  @Test
  void memoryIsFreedOnce() {
    try (PtxMachine machine = new PtxMachine()) {
      long buffer = machine.allocate(64);
      complains("byte 8 of allocation 1", INVALID_VALUE, "cuMemFree_v2", buffer + 8);
      PtxMachine.free(buffer);
      complains("which was freed", INVALID_VALUE, "cuMemFree_v2", buffer);
      MemorySegment host = machine.handle("cuMemAllocHost_v2", 64L);
      PtxMachine.succeed("cuMemFreeHost", host);
      complains("was freed already", INVALID_VALUE, "cuMemFreeHost", host);
    }
  }

  @Test
  void freedMemoryIsNotUsed() {
    try (PtxMachine machine = new PtxMachine()) {
      long buffer = machine.allocate(64);
      PtxMachine.free(buffer);
      complains(
          "was freed", INVALID_VALUE, "cuMemsetD8Async", buffer, (byte) 0, 8L, PtxMachine.NULL);
      assertEquals(ILLEGAL_ADDRESS, machine.run(STORE, 1, 1, buffer));
      String report = TestDriver.report();
      assertTrue(report.contains("byte 0 of allocation 1, which was freed"), report);
    }
  }

  @Test
  void copiesStayInBounds() {
    try (PtxMachine machine = new PtxMachine()) {
      long buffer = machine.allocate(64);
      MemorySegment host = machine.arena().allocate(128);
      complains("which has 64", INVALID_VALUE, "cuMemcpyHtoD_v2", buffer + 8, host, 64L);
      int result = TestDriver.call("cuMemcpyDtoH_v2", host, buffer, 8L);
      assertEquals(ILLEGAL_ADDRESS, result, "bytes that nothing wrote");
      String report = TestDriver.report();
      assertTrue(report.contains("that nothing wrote: byte 0 of allocation 1"), report);
      TestDriver.call("cuMemFree_v2", buffer);
    }
  }

  @SuppressWarnings("restricted") // The driver gives an address alone.
  @Test
  void asynchronousCopiesNeedPinnedMemory() {
    try (PtxMachine machine = new PtxMachine()) {
      long buffer = machine.upload(1, 2);
      MemorySegment host = machine.arena().allocate(16);
      complains(
          "pageable", INVALID_VALUE, "cuMemcpyHtoDAsync_v2", buffer, host, 16L, PtxMachine.NULL);
      complains(
          "pageable", INVALID_VALUE, "cuMemcpyDtoHAsync_v2", host, buffer, 16L, PtxMachine.NULL);
      MemorySegment pinned = machine.handle("cuMemAllocHost_v2", 16L).reinterpret(16);
      PtxMachine.succeed("cuMemcpyDtoHAsync_v2", pinned, buffer, 16L, PtxMachine.NULL);
      assertArrayEquals(new long[] {1, 2}, pinned.toArray(ValueLayout.JAVA_LONG));
      PtxMachine.succeed("cuMemFreeHost", pinned);
      PtxMachine.free(buffer);
    }
  }

  @Test
  void threadsNeedAContext() throws InterruptedException {
    try (PtxMachine machine = new PtxMachine()) {
      Thread other =
          new Thread(() -> complains("without a context", INVALID_CONTEXT, "cuCtxSynchronize"));
      AssertionError[] failure = new AssertionError[1];
      other.setUncaughtExceptionHandler((thread, e) -> failure[0] = new AssertionError(e));
      other.start();
      other.join();
      assertEquals(null, failure[0]);
      machine.release();
      complains("without a context", INVALID_CONTEXT, "cuCtxSynchronize");
    }
  }

  @Test
  void handlesAreThoseOfTheContext() {
    try (PtxMachine machine = new PtxMachine()) {
      MemorySegment stream = machine.handle("cuStreamCreate", 0);
      PtxMachine.succeed("cuStreamDestroy_v2", stream);
      complains("none of this context", INVALID_HANDLE, "cuStreamSynchronize", stream);
      complains("none of this context", INVALID_HANDLE, "cuEventDestroy_v2", stream);
      complains("none of this context", INVALID_HANDLE, "cuModuleUnload", stream);
      MemorySegment module = machine.module(PtxMachine.kernel("", 0));
      MemorySegment function = machine.function(module, "k");
      assertEquals(INVALID_VALUE, machine.launch(PtxMachine.NULL, function, 1, 1025));
      assertEquals(INVALID_VALUE, machine.launch(PtxMachine.NULL, function, 0, 32));
      PtxMachine.succeed("cuModuleUnload", module);
      assertEquals(INVALID_HANDLE, machine.launch(PtxMachine.NULL, function, 1, 32));
      assertEquals(3, TestDriver.report().lines().count());
    }
  }

  @Test
  void memoryEnds() {
    try (PtxMachine machine = new PtxMachine()) {
      TestDriver.set("memory", 1000);
      long buffer = machine.allocate(600);
      MemorySegment sizes = machine.arena().allocate(16);
      PtxMachine.succeed("cuMemGetInfo_v2", sizes, sizes.asSlice(8));
      assertArrayEquals(new long[] {400, 1000}, sizes.toArray(ValueLayout.JAVA_LONG));
      assertEquals(OUT_OF_MEMORY, TestDriver.call("cuMemAlloc_v2", sizes, 401L));
      PtxMachine.free(buffer);
      PtxMachine.free(machine.allocate(1000));
    }
  }

  /** Delayed work sees what the host wrote in the meantime, and is not done before its time. */
  @Test
  void delayedWorkIsDoneWhenItIsWaitedFor() {
    try (PtxMachine machine = new PtxMachine()) {
      TestDriver.set("delay", 1);
      MemorySegment stream = machine.handle("cuStreamCreate", 1);
      MemorySegment event = machine.handle("cuEventCreate", 2);
      MemorySegment host = pinned(machine, 8);
      MemorySegment back = pinned(machine, 8);
      long buffer = machine.allocate(8);
      host.set(ValueLayout.JAVA_LONG, 0, 1);
      back.set(ValueLayout.JAVA_LONG, 0, 0);
      PtxMachine.succeed("cuMemcpyHtoDAsync_v2", buffer, host, 8L, stream);
      PtxMachine.succeed("cuMemcpyDtoHAsync_v2", back, buffer, 8L, stream);
      PtxMachine.succeed("cuEventRecord", event, stream);
      assertEquals(NOT_READY, TestDriver.call("cuEventQuery", event));
      assertEquals(NOT_READY, TestDriver.call("cuStreamQuery", stream));
      assertEquals(0, back.get(ValueLayout.JAVA_LONG, 0));
      host.set(ValueLayout.JAVA_LONG, 0, 2);
      PtxMachine.succeed("cuEventSynchronize", event);
      assertEquals(2, back.get(ValueLayout.JAVA_LONG, 0));
      PtxMachine.succeed("cuStreamQuery", stream);
      PtxMachine.free(buffer);
      PtxMachine.succeed("cuMemFreeHost", host);
      PtxMachine.succeed("cuMemFreeHost", back);
      PtxMachine.succeed("cuEventDestroy_v2", event);
      PtxMachine.succeed("cuStreamDestroy_v2", stream);
    }
  }

  /** Without the wait for the event, the second stream reads what the first has not written yet. */
  private static int readAfterWrite(PtxMachine machine, boolean wait) {
    TestDriver.set("delay", 1);
    MemorySegment first = machine.handle("cuStreamCreate", 1);
    MemorySegment second = machine.handle("cuStreamCreate", 1);
    MemorySegment event = machine.handle("cuEventCreate", 2);
    long buffer = machine.allocate(8);
    MemorySegment module = machine.module(PtxMachine.kernel("ld.global.u64 %q1, [%a0];", 1));
    PtxMachine.succeed("cuMemsetD8Async", buffer, (byte) 1, 8L, first);
    PtxMachine.succeed("cuEventRecord", event, first);
    if (wait) {
      PtxMachine.succeed("cuStreamWaitEvent", second, event, 0);
    }
    machine.launch(second, machine.function(module, "k"), 1, 1, buffer);
    int result = TestDriver.call("cuStreamSynchronize", second);
    for (MemorySegment stream : new MemorySegment[] {first, second}) {
      TestDriver.call("cuStreamDestroy_v2", stream);
    }
    TestDriver.call("cuEventDestroy_v2", event);
    TestDriver.call("cuModuleUnload", module);
    TestDriver.call("cuMemFree_v2", buffer);
    return result;
  }

  @Test
  void aMissingWaitShows() {
    try (PtxMachine machine = new PtxMachine()) {
      assertEquals(0, readAfterWrite(machine, true), TestDriver::report);
      assertEquals(ILLEGAL_ADDRESS, readAfterWrite(machine, false));
      String report = TestDriver.report();
      assertTrue(report.contains("read of memory that nothing wrote"), report);
    }
  }

  /** A buffer or a module that is released too early is missed by the work that was delayed. */
  @Test
  void releasingTooEarlyShows() {
    String[] reports = new String[2];
    for (int which = 0; which < 2; which++) {
      try (PtxMachine machine = new PtxMachine()) {
        TestDriver.set("delay", 1);
        long buffer = machine.allocate(8);
        MemorySegment module = machine.module(PtxMachine.kernel(STORE, 1));
        machine.launch(PtxMachine.NULL, machine.function(module, "k"), 1, 1, buffer);
        TestDriver.call(
            which == 0 ? "cuMemFree_v2" : "cuModuleUnload", which == 0 ? (Object) buffer : module);
        TestDriver.call("cuCtxSynchronize");
        TestDriver.call(
            which == 1 ? "cuMemFree_v2" : "cuModuleUnload", which == 1 ? (Object) buffer : module);
        reports[which] = TestDriver.report();
      }
    }
    assertTrue(reports[0].contains("which was freed"), reports[0]);
    assertTrue(reports[1].contains("module that was unloaded"), reports[1]);
  }
}
