package dev.norma.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.Batch;
import dev.norma.Elements;
import dev.norma.NdArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaunchPolicyTest {
  private static final Elements SOME = Elements.of(new float[100_000]);

  private static String launch(Batch batch) {
    return LaunchPolicy.of(batch.layout()).toString();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "1, 1",
    "2, 2",
    "3, 4",
    "4, 4",
    "5, 8",
    "8, 8",
    "9, 16",
    "16, 16",
    "17, 32",
    "31, 32",
    "32, 32",
    "33, 32",
    "4096, 32",
    "8589934592, 32"
  })
  void aVectorHasAsManyLanesAsItCanKeepBusy(long length, int lanes) {
    assertEquals(lanes, LaunchPolicy.lanes(length));
  }

  @Test
  void shortRowsShareGroups() {
    assertEquals(
        "rows: 40 groups for 1280 units of 4 lanes, 1 chunks a vector",
        launch(Batch.rows(SOME, 1280, 3)));
    assertEquals(
        "rows: 26 groups for 101 units of 32 lanes, 1 chunks a vector",
        launch(Batch.rows(SOME, 101, 768)));
  }

  @Test
  void longRowsAreCutIntoChunks() {
    assertEquals(
        "rows: 2 groups for 6 units of 32 lanes, 3 chunks a vector",
        launch(Batch.rows(SOME, 2, 8193)));
    assertEquals(
        "rows: 7 groups for 25 units of 32 lanes, 25 chunks a vector", launch(Batch.of(SOME)));
  }

  @Test
  void columnsAreTakenInTiles() {
    assertEquals(
        "columns: 3 groups for 3 units of 32 lanes, 1 chunks a vector",
        launch(Batch.columns(SOME, 100, 65)));
    assertEquals(
        "columns: 2 groups for 2 units of 32 lanes, 2 chunks a vector",
        launch(Batch.columns(SOME, 4097, 24).slice(3, 20)));
  }

  @Test
  void aSliceOfSeveralMatricesTakesTheRunsThatItTouches() {
    Batch columns = Batch.along(NdArray.of(SOME, 5, 10, 40), 1);
    assertEquals("columns: 10 groups for 10 units of 32 lanes, 1 chunks a vector", launch(columns));
    assertEquals(
        "columns: 6 groups for 6 units of 32 lanes, 1 chunks a vector",
        launch(columns.slice(39, 81)));
  }

  @Test
  void fewColumnsAreReadOneByOne() {
    assertEquals(
        "rows: 2 groups for 7 units of 32 lanes, 1 chunks a vector",
        launch(Batch.columns(SOME, 100, 7)));
  }

  @Test
  void everythingElseIsListed() {
    assertEquals("listed by size class", launch(Batch.ragged(SOME, new long[] {0, 3, 9})));
    assertEquals("listed by size class", launch(Batch.whole(NdArray.fortran(SOME, 10, 20, 30))));
    assertEquals("listed by size class", launch(Batch.along(NdArray.fortran(SOME, 10, 20, 30), 1)));
  }

  @ParameterizedTest
  @CsvSource({
    "1099511627776, 1099511627776, 33554432",
    "16777216, 16777216, 2097152",
    "1099511627776, 100000, 100000",
    "1000, 1000, 65536"
  })
  void aPieceFitsTheDevice(long memory, long largest, long bytes) {
    Limits limits = new Limits("opencl:0", "", memory, largest, false, true);
    assertEquals(bytes, LaunchPolicy.pieceBytes(limits));
  }

  @Test
  void piecesGetSmallerUntilTheyHoldNoMoreThanAChunk() {
    assertEquals(1 << 17, LaunchPolicy.smaller(1 << 18));
    assertEquals(1 << 16, LaunchPolicy.smaller((1 << 17) + 1));
    assertEquals(0, LaunchPolicy.smaller((1 << 17) - 1));
  }
}
