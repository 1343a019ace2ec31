package dev.norma.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.Batch;
import dev.norma.Elements;
import dev.norma.NdArray;
import dev.norma.gpu.Places.Entries;
import dev.norma.spi.Axes;
import dev.norma.spi.StridedLayout;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private static final Elements SOME = Elements.of(new float[100_000]);

  /** Which batch lies where, and whether the other one does so too. */
  private static void check(boolean expected, Batch x, Batch out) {
    Places places = new Places();
    places.addListed(0, new Axes(new long[0], new long[0]));
    int from = places.add((StridedLayout) x.layout());
    int to = places.add((StridedLayout) out.layout());
    assertEquals(expected, places.areRuns(new Entries(from, from, to)), x + " to " + out);
    assertEquals(expected, places.areRuns(new Entries(to, from, from)), out + " to " + x);
  }

  @Test
  void rowsAreAlikeWhereEachBeginsAsFarBehindAMultipleOfFour() {
    Batch rows = Batch.rows(SOME, 3, 20, 7, 9);
    check(true, rows, rows);
    check(true, rows, Batch.rows(SOME, 11, 20, 7, 9));
    check(true, rows, Batch.rows(SOME, 3, 20, 7, 13));
    check(false, rows, Batch.rows(SOME, 2, 20, 7, 9));
    check(false, rows, Batch.rows(SOME, 3, 20, 7, 10));
  }

  @Test
  void someOfManyRowsBeginWhereTheFirstOfThemDoes() {
    Batch rows = Batch.rows(SOME, 20, 9);
    check(true, rows.slice(4, 8), rows.slice(0, 4));
    check(false, rows.slice(3, 7), rows.slice(0, 4));
    check(true, rows.slice(3, 7), Batch.rows(SOME, 27, 4, 9, 9));
  }

  @Test
  void columnsAreNoRuns() {
    check(false, Batch.rows(SOME, 20, 9), Batch.columns(SOME, 9, 20));
    check(false, Batch.columns(SOME, 9, 20), Batch.columns(SOME, 9, 20));
  }

  @Test
  void vectorsOfSeveralAxesHaveToBeTheSameOnes() {
    Batch last =
        Batch.along(NdArray.strided(SOME, 0, new long[] {3, 5, 8}, new long[] {70, 10, 1}), 2);
    Batch same =
        Batch.along(NdArray.strided(SOME, 4, new long[] {3, 5, 8}, new long[] {82, 14, 1}), 2);
    Batch other =
        Batch.along(NdArray.strided(SOME, 0, new long[] {5, 3, 8}, new long[] {70, 10, 1}), 2);
    check(true, last, same);
    check(false, last, other);
    check(false, last, same.slice(1, 15));
    check(false, last, Batch.rows(SOME, 15, 8));
  }

  /** Of f32, eight in a sector: from one element on to another, by rows of some length. */
  private static boolean share(int from, int to, int length) {
    Places places = new Places();
    Entries entries =
        new Entries(
            places.add((StridedLayout) Batch.rows(SOME, from, 3, length, length).layout()),
            places.add((StridedLayout) Batch.rows(SOME, to, 3, length, length).layout()),
            places.add((StridedLayout) Batch.rows(SOME, from, 3, length, length).layout()));
    return places.shareSectors(entries, length, Float.BYTES);
  }

  @Test
  void rowsShareSectorsWhereTheyBeginOrEndWithinOne() {
    assertFalse(share(0, 0, 136));
    assertFalse(share(8, 0, 136));
    assertTrue(share(1, 1, 136));
    assertTrue(share(0, 0, 137));
    assertTrue(share(0, 0, 399));
    assertFalse(share(0, 0, 401), "less than 2 % of them");
    assertTrue(share(0, 4, 136), "places in it that differ");
    assertTrue(share(0, 4, 4000));
    assertTrue(share(3, 0, 4001));
  }
}
