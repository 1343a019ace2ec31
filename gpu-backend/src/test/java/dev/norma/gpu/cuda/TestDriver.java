package dev.norma.gpu.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The driver for tests: what it can be told besides what every driver can, see {@code
 * src/test/cuda-driver}. The property {@code norma.cuda.driver} names its file.
 */
public final class TestDriver {
  private static final String FILE = System.getProperty("norma.cuda.driver", "");

  private TestDriver() {}

  /** Returns why it is not there, if it is not. */
  public static Optional<String> missing() {
    if (!Files.isRegularFile(Path.of(FILE))) {
      return Optional.of("the CUDA driver for tests was not built, which takes sh and g++");
    }
    return CudaTests.missing();
  }

  /** Sets what the driver does: how it works, what it counts and at what it fails. */
  public static void set(String key, long value) {
    try (Arena arena = Arena.ofConfined()) {
      FunctionDescriptor type =
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
      int status = (int) link("norma_test_set", type).invokeExact(arena.allocateFrom(key), value);
      if (status != 0) {
        throw new IllegalArgumentException("the driver for tests has no option " + key);
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError("the driver for tests", e);
    }
  }

  /**
   * Returns all that the driver saw that is wrong, such as memory that was not released, and
   * forgets it.
   */
  public static String report() {
    return text("norma_test_report");
  }

  /** Returns what was counted of each kernel while counting was set, as JSON. */
  public static String counters() {
    return text("norma_test_counters");
  }

  /** Takes back all settings, and forgets what was reported. */
  public static void reset() {
    try {
      link("norma_test_reset", FunctionDescriptor.ofVoid()).invokeExact();
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError("the driver for tests", e);
    }
  }

  /** Calls a function that stores a text where there is room, and returns how much it takes. */
  private static String text(String function) {
    FunctionDescriptor type =
        FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment room = MemorySegment.NULL;
      long needed = (long) link(function, type).invokeExact(room, 0L);
      while (needed > room.byteSize()) {
        room = arena.allocate(needed);
        needed = (long) link(function, type).invokeExact(room, needed);
      }
      return room.getString(0);
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError("the driver for tests", e);
    }
  }

  @SuppressWarnings("restricted") // Java has no other way to call the driver.
  private static MethodHandle link(String function, FunctionDescriptor type) {
    SymbolLookup library = SymbolLookup.libraryLookup(Path.of(FILE), Arena.global());
    return Linker.nativeLinker().downcallHandle(library.findOrThrow(function), type);
  }
}
