package dev.norma.conformance;

import static dev.norma.conformance.Refusals.illegal;
import static dev.norma.conformance.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.Matrices;
import dev.norma.MatrixNorm;
import dev.norma.NdArray;
import dev.norma.Norm;
import dev.norma.Norma;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Calls that make no sense are refused by a message that names the argument and its value. */
interface ApiMisuse extends Conformance {
  /** Views that lead outside of their elements, or make no sense at all. */
  @Test
  default void views() {
    Elements ten = Elements.of(new double[10]);
    illegal(() -> Batch.rows(ten, 0, 2, 4, 3), "leadingDimension", "3", "4 columns");
    illegal(() -> Batch.columns(ten, 0, 2, 4, 3), "leadingDimension", "3", "4 columns");
    illegal(() -> Batch.rows(ten, -1, 2, 4, 4), "offset", "-1");
    illegal(() -> Batch.rows(ten, 3, 2, 4, 4), "offset 3", "10");
    illegal(() -> Batch.rows(ten, 2, 6), "[2, 6]", "11", "10");
    illegal(() -> Batch.rows(ten, -1, 4), "shape", "-1");
    illegal(() -> Batch.rows(ten, 4, -1), "shape", "-1");
    illegal(() -> Batch.rows(ten, 1L << 62, 8), "shape", "4611686018427387904", "2^63");
    illegal(() -> Batch.rows(ten, 0, 1L << 40, 1, 1L << 40), "2^63");
    illegal(() -> NdArray.of(ten, 3, -2), "shape", "-2");
    illegal(() -> NdArray.strided(ten, 0, new long[] {2}, new long[] {1, 1}), "strides", "2", "1");
    illegal(() -> NdArray.strided(ten, 0, new long[] {2}, new long[] {-1}), "-1", "10");
    illegal(() -> NdArray.strided(ten, 0, new long[] {3}, new long[] {5}), "10");
    illegal(() -> Batch.along(NdArray.of(ten, 2, 5), 2), "axis 2", "2 dimensions");
    illegal(() -> Batch.along(NdArray.of(ten, 2, 5), -3), "axis -3", "2 dimensions");
    illegal(() -> Matrices.along(NdArray.of(ten, 2, 5), 1, -1), "axes 1 and -1");
    illegal(() -> Elements.of(MemorySegment.ofArray(new byte[7]), ElementType.F32), "7", "F32");
    refused(IndexOutOfBoundsException.class, () -> ten.get(10), "10");
    refused(IndexOutOfBoundsException.class, () -> Batch.of(ten).length(1), "1");
    refused(IndexOutOfBoundsException.class, () -> Batch.of(ten).slice(0, 2), "2");
    refused(IndexOutOfBoundsException.class, () -> Batch.of(ten).slice(1, 0), "1", "0");
  }

  /** Offsets of ragged batches. */
  @Test
  default void offsets() {
    double[] ten = new double[10];
    illegal(() -> Batch.ragged(ten, new long[0]), "offsets", "empty");
    illegal(() -> Batch.ragged(ten, new long[] {0, 3, 2}), "offsets[2]", "2", "3");
    illegal(() -> Batch.ragged(ten, new long[] {0, 11}), "offsets[1]", "11", "10");
    illegal(() -> Batch.ragged(ten, new long[] {-1, 5}), "offsets[0]", "-1");
  }

  /** Nulls are named where the view is made. */
  @Test
  default void nulls() {
    Norma norma = subject().norma();
    Batch one = Batch.of(1.0);
    refused(NullPointerException.class, () -> Elements.of((double[]) null), "array");
    refused(NullPointerException.class, () -> Elements.f16(null), "array");
    refused(NullPointerException.class, () -> Elements.of(null, ElementType.F64), "segment");
    MemorySegment empty = MemorySegment.ofArray(new byte[0]);
    refused(NullPointerException.class, () -> Elements.of(empty, null), "type");
    refused(NullPointerException.class, () -> Batch.ragged((double[]) null, new long[1]), "array");
    refused(NullPointerException.class, () -> Batch.ragged(new double[1], null), "offsets");
    refused(NullPointerException.class, () -> NdArray.of(null, 0), "elements");
    refused(NullPointerException.class, () -> norma.norms(null, one, new double[1], 0), "norm");
    refused(NullPointerException.class, () -> norma.norm(Norm.L2, null));
    refused(NullPointerException.class, () -> norma.norms(List.of(Norm.L2), one, null), "progress");
    refused(NullPointerException.class, () -> Norma.open(null), "backend");
  }

  /** Names and exponents of norms, and results that were not asked for. */
  @Test
  default void norms() {
    illegal(() -> Norm.lp(Double.NaN), "p", "NaN");
    illegal(() -> Norm.lp(0), "p", "0.0", "L0");
    illegal(() -> Norm.lp(-0.0), "p", "-0.0");
    illegal(() -> Norm.parse("l2"), "ord", "l2");
    illegal(() -> Norm.parse("1e999"), "ord", "1e999");
    illegal(() -> MatrixNorm.parse("2"), "ord", "2");
    illegal(() -> MatrixNorm.parse("sq2"), "ord", "sq2");
    illegal(() -> Norma.open("no such backend"), "backend", "no such backend", "cpu-scalar");
    Norma norma = subject().norma();
    Batch two = Batch.rows(new double[] {3, 4}, 2, 1);
    illegal(() -> norma.norm(Norm.L2, two), "vector", "2");
    illegal(() -> norma.norms(List.of(Norm.L2), two).of(Norm.L1), "norm", "1", "2");
  }

  /** Room for results that is missing, elsewhere, or read-only: nothing is written then. */
  @Test
  default void outputs() {
    Norma norma = subject().norma();
    Batch two = Batch.rows(new double[] {3, 4}, 2, 1);
    double[] out = {7, 7, 7};
    Class<IndexOutOfBoundsException> outside = IndexOutOfBoundsException.class;
    refused(outside, () -> norma.norms(Norm.L2, two, out, 2), "2", "3");
    refused(outside, () -> norma.norms(Norm.L2, two, out, -1), "-1");
    refused(outside, () -> norma.norms(Norm.L2, two, new double[1], 0), "1");
    MemorySegment small = MemorySegment.ofArray(out).asSlice(0, 15);
    refused(outside, () -> norma.norms(Norm.L2, two, small), "out", "15 bytes", "2 norms");
    MemorySegment readOnly = MemorySegment.ofArray(out).asReadOnly();
    illegal(() -> norma.norms(Norm.L2, two, readOnly), "out", "read-only");
    assertArrayEquals(new double[] {7, 7, 7}, out, "the output after calls that were refused");
  }

  /** Memory that has been closed, and memory of another thread. */
  @Test
  default void memory() throws InterruptedException {
    Norma norma = subject().norma();
    Batch closed;
    try (Arena arena = Arena.ofShared()) {
      closed = Batch.of(Elements.of(arena.allocate(80_000), ElementType.F64));
      assertEquals(0, norma.norm(Norm.L2, closed), "80,000 bytes of zeros");
    }
    for (Norm norm : Norms.ALL) {
      refused(IllegalStateException.class, () -> norma.norm(norm, closed));
    }
    try (Arena arena = Arena.ofConfined();
        ExecutorService other = Executors.newSingleThreadExecutor()) {
      Batch confined = Batch.of(Elements.of(arena.allocate(80_000), ElementType.F64));
      Future<Double> call = other.submit(() -> norma.norm(Norm.L2, confined));
      Throwable cause = assertThrows(ExecutionException.class, call::get).getCause();
      assertEquals(WrongThreadException.class, cause.getClass(), () -> "thrown: " + cause);
    }
  }

  /** Memory that is closed while a call reads it: a result or an error, never a crash. */
  @Test
  @SuppressWarnings("MustBeClosedChecker") // closing it at a bad moment is what is tried here
  default void closingWhileReading() throws InterruptedException {
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      for (int i = 0; i < 30; i++) {
        Arena arena = Arena.ofShared();
        Batch batch = Batch.of(Elements.of(arena.allocate(4_000_000), ElementType.F32));
        Future<Double> call = other.submit(() -> subject().norma().norm(Norm.L2, batch));
        closeWhenFree(arena);
        try {
          assertEquals(0, call.get(), "zeros");
        } catch (ExecutionException e) {
          assertEquals(IllegalStateException.class, e.getCause().getClass(), e::toString);
        }
      }
    }
  }

  /** A backend may hold the memory as long as it reads it. */
  private static void closeWhenFree(Arena arena) {
    while (arena.scope().isAlive()) {
      try {
        arena.close();
      } catch (IllegalStateException e) {
        Thread.onSpinWait();
      }
    }
  }

  /** A closed Norma, and one closed twice. */
  @Test
  default void closed() {
    Norma norma = Norma.open(backend());
    assertEquals(backend(), norma.backend(), "name of the backend");
    norma.close();
    norma.close();
    Batch one = Batch.of(1.0);
    refused(IllegalStateException.class, () -> norma.norm(Norm.L2, one), "closed");
    Matrices matrix = Matrices.of(new double[4], 2, 2);
    refused(IllegalStateException.class, () -> norma.norms(MatrixNorm.MAX, matrix), "closed");
  }

  /** No vectors and no matrices: no results, and no error. */
  @Test
  default void nothing() {
    Norma norma = subject().norma();
    Elements none = Elements.of(new float[0]);
    for (Norm norm : Norms.ALL) {
      assertEquals(0, norma.norms(norm, Batch.rows(none, 0, 5)).length, () -> "L" + norm);
      assertEquals(0, norma.norms(norm, Batch.columns(none, 5, 0)).length, () -> "L" + norm);
      assertEquals(0, norma.norms(norm, Batch.ragged(none, new long[1])).length, () -> "L" + norm);
      norma.norms(norm, Batch.rows(none, 0, 5), new double[0], 0);
    }
    Matrices matrices = Matrices.along(NdArray.of(none, 0, 2, 3), 1, 2);
    assertEquals(0, norma.norms(MatrixNorm.FROBENIUS, matrices).length, "of no matrices");
    assertEquals(List.of(), norma.norms(List.of(), Batch.of(1.0)).norms(), "no norms");
  }
}
