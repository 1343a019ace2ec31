package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A context of the CUDA driver for tests, with what a small PTX program needs. It is that of a
 * second device, as other tests may keep the first one.
 */
final class PtxMachine implements AutoCloseable {
  static final String HEADER = ".version 6.3\n.target sm_50\n.address_size 64\n";
  static final MemorySegment NULL = MemorySegment.NULL;

  private static final int DEVICE = 1;

  private final Arena arena = Arena.ofShared();
  private boolean released;

  /** Makes the context current. */
  PtxMachine() {
    TestDriver.reset();
    TestDriver.set("devices", 2);
    TestDriver.call("cuInit", 0);
    MemorySegment context = arena.allocate(8);
    succeed("cuDevicePrimaryCtxRetain", context, DEVICE);
    succeed("cuCtxSetCurrent", at(context));
  }

  /** Ends the context; then nothing may have been wrong that the test has not asked for. */
  @Override
  public void close() {
    String report = release();
    TestDriver.reset();
    arena.close();
    assertEquals("", report, "seen by the driver");
  }

  /** Ends the context, and returns what the driver complains of. */
  String release() {
    if (!released) {
      TestDriver.call("cuDevicePrimaryCtxRelease_v2", DEVICE);
      succeed("cuCtxSetCurrent", NULL);
      released = true;
    }
    return TestDriver.report();
  }

  static void succeed(String function, Object... arguments) {
    int result = TestDriver.call(function, arguments);
    if (result != 0) {
      throw new AssertionError(
          function + ": " + TestDriver.name(result) + "\n" + TestDriver.report());
    }
  }

  Arena arena() {
    return arena;
  }

  static MemorySegment at(MemorySegment segment) {
    return segment.get(ValueLayout.ADDRESS, 0);
  }

  /** Calls a function that stores a handle, and returns this. */
  MemorySegment handle(String function, Object... more) {
    MemorySegment handle = arena.allocate(8);
    Object[] arguments = new Object[1 + more.length];
    arguments[0] = handle;
    System.arraycopy(more, 0, arguments, 1, more.length);
    succeed(function, arguments);
    return at(handle);
  }

  long allocate(long bytes) {
    return handle("cuMemAlloc_v2", bytes).address();
  }

  long upload(long... values) {
    long address = allocate(8L * values.length);
    MemorySegment host = arena.allocateFrom(ValueLayout.JAVA_LONG, values);
    succeed("cuMemcpyHtoD_v2", address, host, host.byteSize());
    return address;
  }

  long[] download(long address, int count) {
    MemorySegment host = arena.allocate(8L * count);
    succeed("cuMemcpyDtoH_v2", host, address, host.byteSize());
    return host.toArray(ValueLayout.JAVA_LONG);
  }

  static void free(long address) {
    succeed("cuMemFree_v2", address);
  }

  /** Loads a module; returns the result, and stores the handle and the error log. */
  int load(String ptx, MemorySegment module, MemorySegment log) {
    MemorySegment names = arena.allocateFrom(ValueLayout.JAVA_INT, 5, 6);
    MemorySegment values = arena.allocate(16);
    values.set(ValueLayout.ADDRESS, 0, log);
    values.set(ValueLayout.JAVA_LONG, 8, log.byteSize());
    return TestDriver.call("cuModuleLoadDataEx", module, arena.allocateFrom(ptx), 2, names, values);
  }

  MemorySegment module(String ptx) {
    MemorySegment module = arena.allocate(8);
    MemorySegment log = arena.allocate(1000);
    int result = load(ptx, module, log);
    if (result != 0) {
      throw new AssertionError(TestDriver.name(result) + ": " + log.getString(0) + "\n" + ptx);
    }
    return at(module);
  }

  MemorySegment function(MemorySegment module, String name) {
    return handle("cuModuleGetFunction", module, arena.allocateFrom(name));
  }

  /** Launches a kernel whose parameters all have 64 bits; returns the result. */
  int launch(
      MemorySegment stream, MemorySegment function, int blocks, int threads, long... values) {
    MemorySegment parameters = arena.allocate(8L * Math.max(1, values.length));
    for (int i = 0; i < values.length; i++) {
      MemorySegment value = arena.allocateFrom(ValueLayout.JAVA_LONG, values[i]);
      parameters.setAtIndex(ValueLayout.ADDRESS, i, value);
    }
    return TestDriver.call(
        "cuLaunchKernel", function, blocks, 1, 1, threads, 1, 1, 0, stream, parameters, NULL);
  }

  /** Runs a program of one kernel named k, once; returns the result. */
  int run(String body, int blocks, int threads, long... values) {
    MemorySegment module = module(kernel(body, values.length));
    int result = launch(NULL, function(module, "k"), blocks, threads, values);
    TestDriver.call("cuModuleUnload", module);
    return result;
  }

  /** Returns what a program, run by one thread, stores at %a1, where it finds some input at %a0. */
  static long[] results(String body, int results, long... input) {
    try (PtxMachine machine = new PtxMachine()) {
      long in = machine.upload(input);
      long out = machine.upload(new long[results]);
      int result = machine.run(body, 1, 1, in, out);
      assertEquals(0, result, () -> TestDriver.name(result) + "\n" + TestDriver.report());
      long[] values = machine.download(out, results);
      free(in);
      free(out);
      return values;
    }
  }

  /** A module of a kernel named k that has registers of all types and its parameters in %a0 …. */
  static String kernel(String body, int parameters) {
    StringBuilder text = new StringBuilder(HEADER).append(".visible .entry k(");
    for (int i = 0; i < parameters; i++) {
      text.append(i == 0 ? "" : ", ").append(".param .u64 k").append(i);
    }
    text.append(") {\n.reg .pred %p<20>;\n.reg .b16 %h<20>;\n.reg .b32 %r<20>;\n");
    text.append(".reg .f32 %f<20>;\n.reg .b64 %q<20>, %a<8>;\n.reg .f64 %d<20>;\n");
    for (int i = 0; i < parameters; i++) {
      text.append("ld.param.u64 %a" + i + ", [k" + i + "];\n");
    }
    return text.append(body).append("\nret;\n}\n").toString();
  }
}
