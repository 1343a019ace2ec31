package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** Every failure that tests can ask the driver for. */
@RequiresTestDriver
class PtxInjectedFaultTest {
  private static final int OUT_OF_MEMORY = 2;
  private static final int ECC_UNCORRECTABLE = 214;
  private static final int INVALID_PTX = 218;
  private static final int OUT_OF_RESOURCES = 701;
  private static final int LAUNCH_FAILED = 719;
  private static final int UNKNOWN = 999;

  @Test
  void theNthAllocationFails() {
    try (PtxMachine machine = new PtxMachine()) {
      MemorySegment result = machine.arena().allocate(8);
      TestDriver.set("fail_alloc", 2);
      PtxMachine.free(machine.allocate(8));
      assertEquals(OUT_OF_MEMORY, TestDriver.call("cuMemAlloc_v2", result, 8L));
      PtxMachine.free(machine.allocate(8));
      TestDriver.set("fail_alloc", 1);
      assertEquals(OUT_OF_MEMORY, TestDriver.call("cuMemAllocHost_v2", result, 8L));
    }
  }

  @Test
  void theNthLaunchIsRefused() {
    try (PtxMachine machine = new PtxMachine()) {
      TestDriver.set("fail_launch", 2);
      assertEquals(0, machine.run("", 1, 1));
      assertEquals(OUT_OF_RESOURCES, machine.run("", 1, 1));
      assertEquals(0, machine.run("", 1, 1));
    }
  }

  /** The failure of a kernel shows where something waits for it, and stays. */
  @Test
  void theNthKernelFails() {
    try (PtxMachine machine = new PtxMachine()) {
      MemorySegment module = machine.module(PtxMachine.kernel("", 0));
      MemorySegment function = machine.function(module, "k");
      TestDriver.set("delay", 1);
      TestDriver.set("fail_kernel", 2);
      for (int i = 0; i < 3; i++) {
        assertEquals(0, machine.launch(PtxMachine.NULL, function, 1, 1));
      }
      assertEquals(LAUNCH_FAILED, TestDriver.call("cuCtxSynchronize"));
      assertEquals(LAUNCH_FAILED, machine.launch(PtxMachine.NULL, function, 1, 1));
      assertEquals(LAUNCH_FAILED, TestDriver.call("cuModuleUnload", module));
      assertTrue(TestDriver.report().endsWith("as the test wants it\n"));
    }
    try (PtxMachine machine = new PtxMachine()) {
      assertEquals(0, machine.run("", 1, 1), "in a new context");
    }
  }

  @Test
  void theNthModuleIsRefused() {
    try (PtxMachine machine = new PtxMachine()) {
      TestDriver.set("fail_module", 1);
      MemorySegment log = machine.arena().allocate(20);
      MemorySegment module = machine.arena().allocate(8);
      assertEquals(INVALID_PTX, machine.load(PtxMachine.kernel("", 0), module, log));
      assertEquals("ptx, line 1: refuse", log.getString(0), "cut to the size of the log");
      assertEquals(0, machine.run("", 1, 1));
    }
  }

  @Test
  void theNthCallFails() {
    try (PtxMachine machine = new PtxMachine()) {
      TestDriver.set("fail_call", 2);
      PtxMachine.succeed("cuCtxSynchronize");
      assertEquals(UNKNOWN, TestDriver.call("cuCtxSynchronize"));
      PtxMachine.succeed("cuCtxSynchronize");
      assertEquals("cuCtxSynchronize: fails, as the test wants it\n", machine.release());
    }
  }

  @Test
  void aLostDeviceStaysLost() {
    try (PtxMachine machine = new PtxMachine()) {
      long buffer = machine.allocate(8);
      TestDriver.set("lose_device", 2);
      PtxMachine.succeed("cuCtxSynchronize");
      assertEquals(ECC_UNCORRECTABLE, TestDriver.call("cuCtxSynchronize"));
      assertEquals(ECC_UNCORRECTABLE, TestDriver.call("cuMemFree_v2", buffer));
      assertEquals("", machine.release(), "what was released nevertheless does not leak");
      MemorySegment context = machine.arena().allocate(8);
      assertEquals(ECC_UNCORRECTABLE, TestDriver.call("cuDevicePrimaryCtxRetain", context, 1));
    }
    try (PtxMachine machine = new PtxMachine()) {
      assertEquals(0, machine.run("", 1, 1), "after a reset");
    }
  }
}
