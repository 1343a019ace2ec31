package dev.norma.gpu.cuda;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The driver for tests, called without JCuda: what it can be told besides what every driver can,
 * and any other of its functions, so that it can be tested alone; see {@code src/test/cuda-driver}.
 * The property {@code norma.cuda.driver} names its file.
 */
public final class TestDriver {
  private static final Path FILE = Path.of(System.getProperty("norma.cuda.driver", ""));
  private static final Map<String, MethodHandle> FUNCTIONS = new ConcurrentHashMap<>();

  /** Calls that release something, or make the context their own for that. */
  private static final String RELEASING =
      "(?s).*\\bcu(\\w+(Free|Destroy|Release|Unload|FreeHost)(_v2)?|Ctx[GS]etCurrent): fails, as the.*";

  private TestDriver() {}

  /** Returns why it is not there, if it is not. */
  static Optional<String> notBuilt() {
    return Files.isRegularFile(FILE)
        ? Optional.empty()
        : Optional.of("the CUDA driver for tests was not built, which takes sh and g++");
  }

  /** Returns why the library cannot use it, if it cannot. */
  public static Optional<String> missing() {
    return notBuilt().or(CudaTests::missing);
  }

  /** Sets what the driver does: how it works, what it counts and at what it fails. */
  public static void set(String key, long value) {
    try (Arena arena = Arena.ofConfined()) {
      if (call("norma_test_set", arena.allocateFrom(key), value) != 0) {
        throw new IllegalArgumentException("the driver for tests has no option " + key);
      }
    }
  }

  /**
   * Has the n-th of something fail, such as {@code fail_call}. Work is done late, so that what did
   * not wait for it shows, and for each n in another order.
   */
  public static void inject(String fault, int n) {
    // The call that failed before may be the one that puts back the context of this thread, none.
    call("cuCtxSetCurrent", MemorySegment.NULL);
    set("delay", 1);
    set("seed", n);
    set(fault, n);
  }

  /**
   * Returns all that the driver saw that is wrong, a line each, such as memory that was not
   * released, and forgets it.
   */
  public static String report() {
    return text("norma_test_report");
  }

  /**
   * Returns all that the driver saw that is wrong, but for what a test had it fail at: it may have
   * been the call that releases something, and only that is left then.
   */
  public static List<String> wrongBesides() {
    String report = report();
    List<String> wrong =
        report.lines().filter(line -> !line.endsWith("as the test wants it")).toList();
    boolean unreleased =
        report.matches(RELEASING) && wrong.size() == 1 && wrong.get(0).startsWith("leak: ");
    return unreleased ? List.of() : wrong;
  }

  /** Returns what was counted of each kernel while counting was set, as JSON. */
  static String counters() {
    return text("norma_test_counters");
  }

  /** Takes back all settings, and forgets what was reported and counted. */
  public static void reset() {
    invoke(null, "norma_test_reset");
  }

  /** Calls a function that stores a text where there is room, and returns how much it takes. */
  private static String text(String function) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment room = MemorySegment.NULL;
      long needed = size(function, room);
      while (needed > room.byteSize()) {
        room = arena.allocate(needed);
        needed = size(function, room);
      }
      return room.getString(0);
    }
  }

  /** Stores a text where there is room, and returns how much room it takes. */
  static long size(String function, MemorySegment room) {
    return (long) invoke(ValueLayout.JAVA_LONG, function, room, room.byteSize());
  }

  /**
   * Calls a function whose parameters are byte, int, long or address, as the arguments say, and
   * returns its result, such as 0 for success.
   */
  static int call(String function, Object... arguments) {
    return (int) invoke(ValueLayout.JAVA_INT, function, arguments);
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
  private static MethodHandle link(String function, ValueLayout result, Object... arguments) {
    MemoryLayout[] layouts =
        Stream.of(arguments).map(TestDriver::layout).toArray(MemoryLayout[]::new);
    FunctionDescriptor type =
        result == null
            ? FunctionDescriptor.ofVoid(layouts)
            : FunctionDescriptor.of(result, layouts);
    SymbolLookup library = SymbolLookup.libraryLookup(FILE, Arena.global());
    return Linker.nativeLinker().downcallHandle(library.findOrThrow(function), type);
  }

  private static MemoryLayout layout(Object argument) {
    if (argument instanceof Byte) {
      return ValueLayout.JAVA_BYTE;
    }
    if (argument instanceof Integer) {
      return ValueLayout.JAVA_INT;
    }
    return argument instanceof Long ? ValueLayout.JAVA_LONG : ValueLayout.ADDRESS;
  }
}
