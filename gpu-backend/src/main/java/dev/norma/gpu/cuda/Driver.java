package dev.norma.gpu.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.NoSuchElementException;

/** The calls of a driver that are made before any class of JCuda is touched. */
interface Driver {
  /** Starts the driver and returns a status. */
  int start();

  /** Stores the newest version of CUDA that the driver knows, and returns a status. */
  int version(int[] version);

  /** Stores how many devices there are, and returns a status. */
  int count(int[] count);

  /** Returns the name and the text of a status. */
  String describe(int status);

  /**
   * Makes the calls of a library.
   *
   * @throws NoSuchElementException if it has not all of them
   */
  static Driver of(SymbolLookup library) {
    return new Linked(library);
  }

  /** The calls of a library that is loaded. */
  final class Linked implements Driver {
    private static final FunctionDescriptor OF_INT =
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    private static final FunctionDescriptor OF_ADDRESS =
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS);
    private static final FunctionDescriptor OF_STATUS =
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS);

    /** More than any name or text of an error takes. */
    private static final long LONGEST_TEXT = 1024;

    private final MethodHandle start;
    private final MethodHandle version;
    private final MethodHandle count;
    private final MethodHandle errorName;
    private final MethodHandle errorText;

    private Linked(SymbolLookup library) {
      start = link(library, "cuInit", OF_INT);
      version = link(library, "cuDriverGetVersion", OF_ADDRESS);
      count = link(library, "cuDeviceGetCount", OF_ADDRESS);
      errorName = link(library, "cuGetErrorName", OF_STATUS);
      errorText = link(library, "cuGetErrorString", OF_STATUS);
    }

    @SuppressWarnings("restricted") // Java has no other way to ask the driver.
    private static MethodHandle link(SymbolLookup library, String name, FunctionDescriptor type) {
      return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), type);
    }

    @Override
    public int start() {
      return status(() -> (int) start.invokeExact(0));
    }

    @Override
    public int version(int[] stored) {
      return store(version, stored);
    }

    @Override
    public int count(int[] stored) {
      return store(count, stored);
    }

    private static int store(MethodHandle call, int[] stored) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment number = arena.allocate(ValueLayout.JAVA_INT);
        int status = status(() -> (int) call.invokeExact(number));
        stored[0] = number.get(ValueLayout.JAVA_INT, 0);
        return status;
      }
    }

    @Override
    public String describe(int status) {
      return text(errorName, status) + " (" + text(errorText, status) + ")";
    }

    /** An error that the driver does not know has no text. */
    @SuppressWarnings("restricted") // The driver does not say how long its texts are.
    private static String text(MethodHandle call, int status) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment text = arena.allocate(ValueLayout.ADDRESS);
        int failed = status(() -> (int) call.invokeExact(status, text));
        MemorySegment found = text.get(ValueLayout.ADDRESS, 0);
        return failed != 0 || found.address() == 0
            ? "error " + status
            : found.reinterpret(LONGEST_TEXT).getString(0);
      }
    }

    /** A call of a function of C. */
    private interface Call {
      int make() throws Throwable;
    }

    private static int status(Call call) {
      try {
        return call.make();
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new LinkageError("a native function threw what it does not declare", e);
      }
    }
  }
}
