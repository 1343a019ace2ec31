package dev.norma.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HostGuardTest {
  @Test
  void anArenaCannotBeClosedInside() {
    Arena arena = Arena.ofShared();
    MemorySegment segment = arena.allocate(8);
    HostGuard.whileOpen(segment, () -> assertThrows(IllegalStateException.class, arena::close));
    arena.close();
    assertFalse(segment.scope().isAlive());
  }

  @Test
  void aClosedSegmentIsRefused() {
    Arena arena = Arena.ofShared();
    MemorySegment segment = arena.allocate(8);
    arena.close();
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
    Arena[] arena = new Arena[1];
    Thread thread = new Thread(() -> arena[0] = Arena.ofConfined());
    thread.start();
    thread.join();
    assertThrows(
        WrongThreadException.class,
        () -> HostGuard.whileOpen(MemorySegment.NULL.reinterpret(8, arena[0], s -> {}), () -> {}));
  }
}
