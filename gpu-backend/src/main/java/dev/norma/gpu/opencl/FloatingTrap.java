package dev.norma.gpu.opencl;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keeps Java's own handler of the signal SIGFPE. PoCL installs one that skips the instruction: from
 * then on, an integer division by zero anywhere in the process would give any number instead of an
 * {@link ArithmeticException}.
 */
final class FloatingTrap {
  private static final int SIGFPE = 8;
  private static final FunctionDescriptor SIGACTION =
      FunctionDescriptor.of(
          ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS);

  /** More than a {@code struct sigaction} takes anywhere; nobody looks into it here. */
  private static final int BYTES = 1024;

  private FloatingTrap() {}

  /** Does something that may install a handler, and puts back the handler from before. */
  static <T> T kept(Supplier<T> what) {
    return sigaction().map(sigaction -> kept(what, sigaction)).orElseGet(what);
  }

  /** Returns the function of the C library, which Windows has not. */
  @SuppressWarnings("restricted") // Java has no other way to keep a handler.
  private static Optional<MethodHandle> sigaction() {
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("sigaction")
        .map(address -> linker.downcallHandle(address, SIGACTION));
  }

  private static <T> T kept(Supplier<T> what, MethodHandle sigaction) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment before = arena.allocate(BYTES, Long.BYTES);
      call(sigaction, MemorySegment.NULL, before);
      try {
        return what.get();
      } finally {
        call(sigaction, before, MemorySegment.NULL);
      }
    }
  }

  private static void call(MethodHandle sigaction, MemorySegment set, MemorySegment old) {
    if (status(sigaction, set, old) != 0) {
      throw new IllegalStateException("the handler of SIGFPE cannot be kept");
    }
  }

  private static int status(MethodHandle sigaction, MemorySegment set, MemorySegment old) {
    try {
      return (int) sigaction.invokeExact(SIGFPE, set, old);
    } catch (Throwable e) {
      throw new IllegalStateException("sigaction cannot be called", e);
    }
  }
}
