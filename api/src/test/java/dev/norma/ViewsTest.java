package dev.norma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.spi.Axes;
import dev.norma.spi.Layout;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Which elements a view means, and which views are refused. */
class ViewsTest {
  private static final Elements TEN = Elements.of(new double[10]);

  /** The positions of all elements of all vectors, as a backend sees them. */
  private static List<List<Long>> positions(Batch batch) {
    List<List<Long>> all = new ArrayList<>();
    Layout layout = batch.layout();
    for (long v = 0; v < batch.count(); v++) {
      List<Long> vector = new ArrayList<>();
      for (long i = 0; i < batch.length(v); i++) {
        vector.add(layout.start(v) + layout.elements(v).offset(i));
      }
      all.add(vector);
    }
    return all;
  }

  @Test
  void rowsAndColumns() {
    assertEquals(List.of(List.of(1L, 2L), List.of(4L, 5L)), positions(Batch.rows(TEN, 1, 2, 2, 3)));
    assertEquals(
        List.of(List.of(1L, 4L), List.of(2L, 5L)), positions(Batch.columns(TEN, 1, 2, 2, 3)));
  }

  @Test
  void axesOfArraysInBothOrders() {
    Elements e = Elements.of(new float[8]);
    assertEquals(
        List.of(List.of(0L, 2L), List.of(1L, 3L), List.of(4L, 6L), List.of(5L, 7L)),
        positions(Batch.along(NdArray.of(e, 2, 2, 2), 1)));
    assertEquals(
        List.of(List.of(0L, 2L), List.of(4L, 6L), List.of(1L, 3L), List.of(5L, 7L)),
        positions(Batch.along(NdArray.fortran(e, 2, 2, 2), -2)));
    assertEquals(
        List.of(List.of(0L, 2L, 1L, 3L)), positions(Batch.whole(NdArray.fortran(e, 2, 2))));
    assertEquals(
        List.of(List.of(3L, 2L, 1L)),
        positions(Batch.whole(NdArray.strided(e, 3, new long[] {3}, new long[] {-1}))));
    assertEquals(List.of(List.of(0L)), positions(Batch.whole(NdArray.of(e))));
  }

  @Test
  void slicesOfAnyAxisKeepTheirVectors() {
    Batch batch = Batch.along(NdArray.of(Elements.of(new float[24]), 2, 3, 4), 1);
    List<List<Long>> all = positions(batch);
    for (int from = 0; from <= 8; from++) {
      for (int to = from; to <= 8; to++) {
        assertEquals(all.subList(from, to), positions(batch.slice(from, to)), from + " to " + to);
      }
    }
    assertEquals(
        List.of(all.get(5), all.get(3)), positions(batch.slice(1, 8).select(new long[] {4, 2})));
  }

  @Test
  void raggedWithEmptySegments() {
    Batch batch = Batch.ragged(TEN, new long[] {2, 2, 5, 5, 5, 6, 6});
    assertEquals(
        List.of(List.of(), List.of(2L, 3L, 4L), List.of(), List.of(), List.of(5L), List.of()),
        positions(batch));
    assertEquals(0, Batch.ragged(TEN, new long[] {7}).count());
    assertEquals(List.of(List.of(5L)), positions(batch.slice(4, 5)));
  }

  @Test
  void matricesAndTheirParts() {
    Matrices matrices = Matrices.along(NdArray.of(Elements.of(new double[12]), 2, 2, 3), 2, 0);
    assertEquals(2, matrices.count());
    assertEquals(3, matrices.rows());
    assertEquals(2, matrices.columns());
    assertEquals(List.of(0L, 1L, 2L, 6L, 7L, 8L), positions(matrices.entries()).get(0));
    assertEquals(List.of(0L, 6L), positions(matrices.rowVectors()).get(0));
    assertEquals(List.of(0L, 1L, 2L), positions(matrices.columnVectors()).get(0));
    assertEquals(List.of(3L, 9L), positions(matrices.rowVectors()).get(3));
  }

  @Test
  void emptyMatricesAreCounted() {
    assertEquals(5, Matrices.along(NdArray.of(TEN, 5, 0, 3), 1, 2).count());
    assertEquals(0, Matrices.along(NdArray.of(TEN, 0, 2, 3), 1, 2).count());
  }

  @Test
  void neighbouringAxesThatLieEvenlyAreMerged() {
    assertEquals("[24] by [1]", new Axes(new long[] {2, 1, 12}, new long[] {12, 7, 1}).toString());
    assertEquals("[2, 3] by [4, 1]", new Axes(new long[] {2, 3}, new long[] {4, 1}).toString());
    assertTrue(new Axes(new long[] {1}, new long[] {5}).contiguous());
  }

  @Test
  void whatLeadsOutsideIsRefusedWithItsNumbers() {
    refused(() -> Batch.rows(TEN, 0, 2, 6, 6), "needs elements 0 to 11, but there are 10");
    refused(() -> Batch.rows(TEN, 5, 2, 3, 3), "needs elements 5 to 10");
    refused(() -> Batch.rows(TEN, -1, 2, 3, 3), "offset: -1 is negative");
    refused(() -> Batch.rows(TEN, 0, -2, 3, 3), "negative size in [-2, 3]");
    refused(() -> Batch.rows(TEN, 0, 2, 3, 2), "leadingDimension: 2 is smaller than 3 columns");
    refused(() -> Batch.rows(TEN, 1L << 62, 8), "more than 2^63 - 1 elements");
    refused(() -> Batch.rows(TEN, 0, 1L << 40, 2, 1L << 40), "leads beyond 2^63 - 1");
    refused(
        () -> NdArray.strided(TEN, 3, new long[] {3}, new long[] {-2}), "needs elements -1 to 3");
    refused(() -> NdArray.strided(TEN, 0, new long[2], new long[1]), "1 given for 2 dimensions");
    refused(() -> Batch.along(NdArray.of(TEN, 2, 5), 2), "axis 2 is out of range");
    refused(() -> Batch.along(NdArray.of(TEN, 2, 5), -3), "axis -3 is out of range");
    refused(() -> Matrices.along(NdArray.of(TEN, 2, 5), 0, -2), "axes 0 and -2 are the same");
    refused(() -> Batch.along(NdArray.of(TEN, 1L << 40, 1L << 40, 0), 2), "more than 2^63 - 1");
  }

  @Test
  void badOffsetsAreRefusedWithTheirPlace() {
    refused(() -> Batch.ragged(TEN, new long[0]), "n + 1 offsets");
    refused(() -> Batch.ragged(TEN, new long[] {0, 3, 2}), "offsets[2]: 2 is not in 3 to 10");
    refused(() -> Batch.ragged(TEN, new long[] {0, 11}), "offsets[1]: 11 is not in 0 to 10");
    refused(() -> Batch.ragged(TEN, new long[] {-1, 2}), "offsets[0]: -1 is not in 0 to 10");
  }

  @Test
  void nothingOfAnEmptyArrayLeadsOutside() {
    Elements none = Elements.of(new float[0]);
    assertEquals(7, Batch.rows(none, 7, 0).count());
    assertEquals(0, Batch.rows(none, 0, 7).count());
    assertEquals(0, Batch.of(none).length(0));
  }

  @Test
  void aSegmentHoldsWholeElements() {
    MemorySegment bytes = MemorySegment.ofArray(new byte[7]);
    refused(() -> Elements.of(bytes, ElementType.F32), "7 bytes are no whole number of F32");
    assertEquals(3, Elements.of(bytes.asSlice(1), ElementType.BF16).length());
  }

  @Test
  void elementsAreWidenedExactly() {
    assertEquals(0.1f, Elements.of(new float[] {0.1f}).get(0));
    assertEquals(0x1p-24, Elements.f16(new short[] {1}).get(0));
    assertEquals(0x1p-133, Elements.bf16(new short[] {1}).get(0));
    assertEquals(-1.5, Elements.bf16(new short[] {(short) 0xBFC0}).get(0));
    assertThrows(IndexOutOfBoundsException.class, () -> TEN.get(10));
  }

  private static void refused(Executable call, String why) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call);
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }
}
