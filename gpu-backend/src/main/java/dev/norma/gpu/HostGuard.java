package dev.norma.gpu;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Keeps a memory segment from being closed while a device reads it. Java does that for the segments
 * that a native function is called with, and for nothing else: so this calls one, which calls back.
 */
final class HostGuard {
  private static final MethodHandle CALL = call();

  /** What is to be called back, on the thread that asked for it. */
  private static final ThreadLocal<Body> BODY = new ThreadLocal<>();

  private HostGuard() {}

  private static final class Body {
    private final Runnable runnable;
    private RuntimeException exception;
    private Error error;

    Body(Runnable runnable) {
      this.runnable = runnable;
    }

    void run() {
      try {
        runnable.run();
      } catch (RuntimeException e) {
        exception = e;
      } catch (Error e) { // nothing may be thrown through native code
        error = e;
      }
    }

    void rethrow() {
      if (error != null) {
        throw error;
      }
      if (exception != null) {
        throw exception;
      }
    }
  }

  /**
   * Runs something while a segment stays open.
   *
   * @throws IllegalStateException if it is closed
   * @throws WrongThreadException if it is confined to another thread
   */
  static void whileOpen(MemorySegment segment, Runnable runnable) {
    Body before = BODY.get();
    Body body = new Body(runnable);
    BODY.set(body);
    try {
      CALL.invokeExact(segment);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e); // the function throws none
    } finally {
      BODY.set(before);
    }
    body.rethrow();
  }

  /** Called by native code, which is why it is not private. */
  static void back(MemorySegment ignored) {
    BODY.get().run();
  }

  @SuppressWarnings("restricted") // Java has no other way to keep a segment open
  private static MethodHandle call() {
    try {
      MethodType type = MethodType.methodType(void.class, MemorySegment.class);
      MethodHandle back = MethodHandles.lookup().findStatic(HostGuard.class, "back", type);
      FunctionDescriptor function = FunctionDescriptor.ofVoid(ValueLayout.ADDRESS);
      Linker linker = Linker.nativeLinker();
      MemorySegment stub = linker.upcallStub(back, function, Arena.global());
      return linker.downcallHandle(stub, function);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
