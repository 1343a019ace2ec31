package dev.norma.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.Batch;
import dev.norma.Elements;
import dev.norma.NdArray;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaunchPolicyTest {
  private static final Elements SOME = Elements.of(new float[100_000]);

  private static final Limits LARGE = limits(1L << 40, 1L << 40);

  private static Limits limits(long memory, long largest) {
    return new Limits("opencl:0", "", memory, largest, 128, false, true, false);
  }

  private static String launch(Batch batch) {
    return LaunchPolicy.of(LARGE, batch).toString();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "1, 1",
    "4, 1",
    "5, 2",
    "8, 2",
    "9, 4",
    "16, 4",
    "17, 8",
    "31, 8",
    "33, 8",
    "4096, 8",
    "8589934592, 8"
  })
  void aVectorHasTheTeamThatItKeepsBusy(long length, int team) {
    assertEquals(team, LaunchPolicy.team(length));
  }

  @Test
  void rowsAreTakenByTheTeamsThatTheyKeepBusy() {
    assertEquals(
        "rows: teams of 1, 1 chunks; from the host in pieces of 65536 bytes",
        launch(Batch.rows(SOME, 1280, 3)));
    assertEquals(
        "rows: teams of 8, 1 chunks; from the host in pieces of 310272 bytes",
        launch(Batch.rows(SOME, 101, 768)));
    assertEquals(
        "rows: teams of 8, 25 chunks; from the host in pieces of 400000 bytes",
        launch(Batch.of(SOME)));
  }

  @Test
  void groupsAreFilledWithUnits() {
    assertEquals(80, LaunchPolicy.groups(1280, 4));
    assertEquals(13, LaunchPolicy.groups(101, 8));
    assertEquals(0, LaunchPolicy.groups(0, 1));
  }

  @Test
  void columnsAreTakenInTiles() {
    assertEquals(
        "columns: tiles of 32 columns, 2 chunks; from the host in pieces of 278596 bytes",
        launch(Batch.columns(SOME, 4097, 24).slice(3, 20)));
    Batch several = Batch.along(NdArray.of(SOME, 5, 10, 40), 1);
    assertEquals(
        "columns: tiles of 32 columns, 1 chunks; from the host in pieces of 65536 bytes",
        launch(several.slice(39, 81)));
  }

  @Test
  void fewColumnsAreReadOneByOne() {
    assertEquals(
        "rows: teams of 8, 1 chunks; from the host in pieces of 65536 bytes",
        launch(Batch.columns(SOME, 100, 7)));
  }

  @Test
  void everythingElseIsListed() {
    for (Batch batch :
        List.of(
            Batch.ragged(SOME, new long[] {0, 3, 9}),
            Batch.whole(NdArray.fortran(SOME, 10, 20, 30)),
            Batch.along(NdArray.fortran(SOME, 10, 20, 30), 1))) {
      assertEquals(
          "listed: units by size class; from the host in pieces of 65536 bytes", launch(batch));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1099511627776, 1099511627776, 33554432",
    "16777216, 16777216, 2097152",
    "1099511627776, 100000, 100000",
    "1000, 1000, 65536"
  })
  void aPieceFitsTheDevice(long memory, long largest, long bytes) {
    assertEquals(bytes, LaunchPolicy.pieceBytes(limits(memory, largest)));
  }

  @Test
  void piecesGetSmallerUntilTheyHoldNoMoreThanAChunk() {
    assertEquals(1 << 17, LaunchPolicy.smaller(1 << 18));
    assertEquals(1 << 16, LaunchPolicy.smaller((1 << 17) + 1));
    assertEquals(0, LaunchPolicy.smaller((1 << 17) - 1));
  }
}
