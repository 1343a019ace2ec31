package dev.norma.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.Batch;
import dev.norma.Elements;
import dev.norma.NdArray;
import dev.norma.spi.ElementMap;
import dev.norma.spi.MapPlan;
import org.junit.jupiter.api.Test;

class MapPolicyTest {
  private static final Elements SOME = Elements.of(new float[100_000]);

  private static String written(Batch x, Batch out) {
    return MapPolicy.of(MapPlan.writing(ElementMap.ZERO, null, x, null, out, false)).toString();
  }

  private static String summed(Batch x, Batch second) {
    return MapPolicy.of(MapPlan.summing(ElementMap.ZERO, null, x, second)).toString();
  }

  @Test
  void rowsHaveAsManyWorkItemsAsTheyKeepBusy() {
    Batch rows = Batch.rows(SOME, 1280, 3);
    assertEquals("rows: teams of 1, 1 chunks", written(rows, rows));
    assertEquals("rows: teams of 1, 1 chunks", summed(Batch.rows(SOME, 9, 1), null));
    assertEquals("rows: teams of 8, 25 chunks", summed(Batch.of(SOME), Batch.of(SOME)));
  }

  @Test
  void partsOfSectorsAreForAsManyWorkItemsAsTheyHaveElements() {
    Elements halves = Elements.f16(new short[5000]);
    Batch whole = Batch.rows(halves, 3, 768);
    assertEquals("rows: teams of 8, 1 chunks", written(whole, whole));
    Batch odd = Batch.rows(halves, 3, 769);
    assertEquals("rows: teams of 16, 1 chunks", written(odd, odd));
    Batch behind = Batch.rows(halves, 1, 3, 768, 768);
    assertEquals("rows: teams of 16, 1 chunks", written(behind, behind));
    Batch fewer = Batch.rows(halves, 3, 127);
    assertEquals("rows: teams of 8, 1 chunks", written(fewer, fewer));
  }

  @Test
  void vectorsSideBySideAreWalkedAcross() {
    Batch columns = Batch.columns(SOME, 5000, 20);
    assertEquals("columns: teams of 2, 2 chunks", written(columns, columns));
    assertEquals("columns: teams of 8, 2 chunks", summed(columns, columns));
    assertEquals("columns: teams of 1, 1 chunks", summed(Batch.columns(SOME, 2, 20), null));
    Batch few = Batch.columns(SOME, 5000, 7);
    assertEquals("rows: teams of 8, 2 chunks", written(few, few));
  }

  @Test
  void whereValuesGoDecidesForWhereTheyComeFrom() {
    Batch rows = Batch.rows(SOME, 20, 50);
    Batch columns = Batch.columns(SOME, 50, 20);
    assertEquals("columns: teams of 2, 1 chunks", written(rows, columns));
    assertEquals("rows: teams of 8, 1 chunks", written(columns, rows));
    assertEquals("columns: teams of 8, 1 chunks", summed(columns, rows));
  }

  @Test
  void elementsInAnyAxesAreNotListed() {
    Batch whole = Batch.whole(NdArray.fortran(SOME, 30, 40));
    assertEquals("rows: teams of 8, 1 chunks", written(whole, whole));
    Batch lines = Batch.along(NdArray.of(SOME, 3, 5, 40), 1);
    assertEquals("columns: teams of 2, 1 chunks", written(lines, lines));
  }

  @Test
  void whatHasNoRegularPlaceIsListed() {
    Batch ragged = Batch.ragged(SOME, new long[] {0, 10, 20});
    assertEquals("listed", written(ragged, ragged));
    assertEquals("listed", summed(Batch.rows(SOME, 2, 10), ragged));
  }

  @Test
  void aPieceHasRoomForAChunkOfEachOperand() {
    Batch x = Batch.rows(SOME, 20, 50);
    MapPlan plan = MapPlan.writing(ElementMap.hessian(1), null, x, x, x, true);
    assertEquals(3, MapPolicy.operands(plan).size());
    assertEquals(4096, MapPolicy.pieceElements(100, plan));
    assertEquals(10_000, MapPolicy.pieceElements(120_000, plan));
  }
}
