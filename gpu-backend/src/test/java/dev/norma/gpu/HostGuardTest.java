package dev.norma.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HostGuardTest {
  @Test
  @SuppressWarnings("MustBeClosedChecker") // closing it is what is tried
  void anArenaCannotBeClosedInside() {
    Arena arena = Arena.ofShared();
    MemorySegment segment = arena.allocate(8);
    HostGuard.whileOpen(segment, () -> assertThrows(IllegalStateException.class, arena::close));
    arena.close();
    assertFalse(segment.scope().isAlive());
  }

  @Test
  void aClosedSegmentIsRefused() {
    MemorySegment segment;
    try (Arena arena = Arena.ofShared()) {
      segment = arena.allocate(8);
    }
    AtomicInteger calls = new AtomicInteger();
    assertThrows(
        IllegalStateException.class, () -> HostGuard.whileOpen(segment, calls::incrementAndGet));
    assertEquals(0, calls.get());
  }

  @Test
  void exceptionsComeThrough() {
    MemorySegment segment = Arena.ofAuto().allocate(8);
    RuntimeException exception = new RuntimeException("mine");
    assertSame(
        exception,
        assertThrows(
            RuntimeException.class,
            () ->
                HostGuard.whileOpen(
                    segment,
                    () -> {
                      throw exception;
                    })));
    assertThrows(
        AssertionError.class,
        () ->
            HostGuard.whileOpen(
                segment,
                () -> {
                  throw new AssertionError();
                }));
  }

  @Test
  void guardsCanBeInsideEachOther() {
    MemorySegment segment = Arena.ofAuto().allocate(8);
    AtomicInteger calls = new AtomicInteger();
    HostGuard.whileOpen(
        segment,
        () -> {
          HostGuard.whileOpen(segment, calls::incrementAndGet);
          calls.incrementAndGet();
        });
    assertEquals(2, calls.get());
  }

  @Test
  void aSegmentOfAnotherThreadIsRefused() throws InterruptedException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocate(8);
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread thread = new Thread(() -> thrown.set(thrownInside(segment)));
      thread.start();
      thread.join();
      assertInstanceOf(WrongThreadException.class, thrown.get());
    }
  }

  private static Throwable thrownInside(MemorySegment segment) {
    try {
      HostGuard.whileOpen(segment, () -> {});
      return null;
    } catch (RuntimeException e) {
      return e;
    }
  }
}
