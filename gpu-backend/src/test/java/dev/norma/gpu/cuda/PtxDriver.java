package dev.norma.gpu.cuda;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The functions of the CUDA driver for tests, called without JCuda, so that its interpreter and its
 * checks can be tested alone. The property {@code norma.cuda.driver} names its file, or the
 * directory of it.
 */
final class PtxDriver {
  private static final Map<String, MethodHandle> FUNCTIONS = new ConcurrentHashMap<>();

  private PtxDriver() {}

  private static Path file() {
    Path path = Path.of(System.getProperty("norma.cuda.driver", ""));
    return Files.isRegularFile(path) ? path : path.resolve("libcuda.so.1");
  }

  /** Ends a test without a verdict, and a line that says so, where there is no driver. */
  static void require() {
    if (System.getProperty("norma.cuda.driver") != null && Files.isRegularFile(file())) {
      return;
    }
    String line = "A test of the PTX interpreter DID NOT RUN: the CUDA driver for tests is missing";
    if ("1".equals(System.getenv("NORMA_REQUIRE_CUDA"))) {
      throw new AssertionError(line + " (NORMA_REQUIRE_CUDA=1 is set)");
    }
    System.out.println("*** " + line);
    Assumptions.abort(line);
  }

  /** Calls a function whose parameters are byte, int, long or address, as the arguments say. */
  static int call(String function, Object... arguments) {
    return ((Number) invoke(ValueLayout.JAVA_INT, function, arguments)).intValue();
  }

  private static Object invoke(ValueLayout result, String function, Object... arguments) {
    try {
      return FUNCTIONS
          .computeIfAbsent(function, name -> link(name, result, arguments))
          .invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new LinkageError(function, e);
    }
  }

  @SuppressWarnings("restricted") // Java has no other way to call the driver.
  private static MethodHandle link(String name, ValueLayout result, Object... arguments) {
    MemoryLayout[] layouts =
        Stream.of(arguments).map(PtxDriver::layout).toArray(MemoryLayout[]::new);
    SymbolLookup library = SymbolLookup.libraryLookup(file(), Arena.global());
    return Linker.nativeLinker()
        .downcallHandle(library.findOrThrow(name), FunctionDescriptor.of(result, layouts));
  }

  private static MemoryLayout layout(Object argument) {
    if (argument instanceof Byte) {
      return ValueLayout.JAVA_BYTE;
    }
    if (argument instanceof Integer) {
      return ValueLayout.JAVA_INT;
    }
    AddressLayout address = ValueLayout.ADDRESS;
    return argument instanceof Long ? ValueLayout.JAVA_LONG : address;
  }

  /** Sets an option of the driver. */
  static void set(String option, long value) {
    try (Arena arena = Arena.ofConfined()) {
      if (call("norma_test_set", arena.allocateFrom(option), value) != 0) {
        throw new IllegalArgumentException(option);
      }
    }
  }

  /** Forgets complaints, counters and options. */
  static void reset() {
    try (Arena arena = Arena.ofConfined()) {
      report(arena);
      call("norma_test_reset");
    }
  }

  /** Returns the complaints, a line each, and forgets them. */
  static String report() {
    try (Arena arena = Arena.ofConfined()) {
      return report(arena);
    }
  }

  private static String report(Arena arena) {
    return text(arena, "norma_test_report");
  }

  /** Returns what was counted, as JSON. */
  static String counters() {
    try (Arena arena = Arena.ofConfined()) {
      return text(arena, "norma_test_counters");
    }
  }

  private static String text(Arena arena, String function) {
    MemorySegment room = arena.allocate(1 << 20);
    invoke(ValueLayout.JAVA_LONG, function, room, room.byteSize());
    return room.getString(0);
  }

  /** Returns the name of a result, such as CUDA_SUCCESS. */
  @SuppressWarnings("restricted") // The text has no size.
  static String name(int result) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocate(ValueLayout.ADDRESS);
      call("cuGetErrorName", result, name);
      return name.get(ValueLayout.ADDRESS, 0).reinterpret(Long.MAX_VALUE).getString(0);
    }
  }
}
