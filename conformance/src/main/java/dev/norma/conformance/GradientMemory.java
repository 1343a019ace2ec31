package dev.norma.conformance;

import static dev.norma.conformance.Refusals.canaries;
import static dev.norma.conformance.Refusals.refused;
import static dev.norma.conformance.Refusals.untouched;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.Gradients;
import dev.norma.Norm;
import dev.norma.Norma;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Derivatives that memory cannot be read for, or cannot be written to: refused, nothing written.
 */
interface GradientMemory extends Conformance {
  /** Memory that was closed, read or written, and a closed Norma. */
  @Test
  default void closedMemory() {
    double[] place = canaries(2000);
    Batch heap = Batch.rows(place, 2, 1000);
    Batch closed;
    try (Arena arena = Arena.ofShared()) {
      closed = Batch.rows(Elements.of(arena.allocate(16_000), ElementType.F64), 2, 1000);
    }
    Class<IllegalStateException> type = IllegalStateException.class;
    Gradients gradients = subject().norma().gradients();
    for (Norm norm : Norms.GRADIENTS) {
      Unsupported.unlessRefused(
          backend(),
          "derivatives of closed memory",
          () -> {
            refused(type, () -> gradients.gradient(norm, closed, heap));
            refused(type, () -> gradients.gradient(norm, heap, closed));
            refused(type, () -> gradients.jvp(norm, heap, closed));
            refused(type, () -> gradients.hvp(norm, heap, closed, heap));
          });
    }
    Norma norma = Norma.open(backend());
    norma.close();
    refused(type, () -> norma.gradients().gradient(Norm.L2, heap, heap), "closed");
    refused(type, () -> norma.gradients().jvp(Norm.L2, heap, heap), "closed");
    refused(type, () -> norma.gradients().hvp(Norm.L2, heap, heap, heap), "closed");
    untouched(place);
  }

  /** Memory that is confined to another thread, read or written. */
  @Test
  default void confinedMemory() throws InterruptedException {
    double[] place = canaries(2000);
    Batch heap = Batch.rows(place, 2, 1000);
    Gradients gradients = subject().norma().gradients();
    try (Arena arena = Arena.ofConfined();
        ExecutorService other = Executors.newSingleThreadExecutor()) {
      MemorySegment segment = arena.allocate(16_000);
      segment.setAtIndex(ValueLayout.JAVA_DOUBLE, 0, 5);
      Batch mine = Batch.rows(Elements.of(segment, ElementType.F64), 2, 1000);
      List<Runnable> calls =
          List.of(
              () -> gradients.gradient(Norm.L2, mine, heap),
              () -> gradients.gradient(Norm.L0, heap, mine),
              () -> gradients.gradient(Norm.lp(3), heap, mine),
              () -> gradients.jvp(Norm.L2, heap, mine),
              () -> gradients.hvp(Norm.L2, heap, mine, heap));
      for (Runnable call : calls) {
        Future<?> refused = other.submit(call);
        Throwable cause = assertThrows(ExecutionException.class, refused::get).getCause();
        if (!(cause instanceof UnsupportedOperationException)) {
          assertEquals(WrongThreadException.class, cause.getClass(), () -> "thrown: " + cause);
        }
      }
      assertEquals(5, segment.getAtIndex(ValueLayout.JAVA_DOUBLE, 0), "what stood there");
    }
    untouched(place);
  }
}
