package dev.norma.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnitListTest {
  /** Sequences of the given lengths, one behind the other. */
  private static Sequences of(long... lengths) {
    Sequences sequences = new Sequences(lengths.length);
    long start = 100;
    for (int i = 0; i < lengths.length; i++) {
      sequences.starts[i] = start;
      sequences.lengths[i] = lengths[i];
      sequences.outs[i] = 7 * i;
      start += lengths[i];
    }
    return sequences;
  }

  @Test
  void unitsAreSortedByTheTeamsThatTakeThem() {
    UnitList list = new UnitList(of(5, 0, 4096, 1, 2, 17, 6));
    assertEquals(
        List.of(
            new UnitList.Range(1, 0, 3, false),
            new UnitList.Range(2, 3, 5, false),
            new UnitList.Range(8, 5, 7, false)),
        list.ranges());
    assertArrayEquals(new int[] {0, 1, 2, 5, 6, 4096, 17}, list.lengths);
    assertArrayEquals(new int[] {1, 3, 4, 0, 6, 2, 5}, list.owners);
    assertArrayEquals(new int[] {7, 21, 28, 0, 42, 14, 35}, list.outs);
    assertEquals(0, list.partial().count());
  }

  @Test
  void longSequencesLeavePartialStatesThatAreSequencesAgain() {
    UnitList list = new UnitList(of(4097, 3, 12288));
    assertEquals(
        List.of(new UnitList.Range(1, 0, 1, false), new UnitList.Range(8, 1, 6, true)),
        list.ranges());
    assertEquals(5, list.partials());
    assertArrayEquals(new int[] {3, 4096, 1, 4096, 4096, 4096}, list.lengths);
    assertArrayEquals(new long[] {0, 0, 4096, 0, 4096, 8192}, list.froms);
    assertArrayEquals(new int[] {7, 0, 1, 2, 3, 4}, list.outs);
    assertArrayEquals(new long[] {0, 2}, list.partial().starts);
    assertArrayEquals(new long[] {2, 3}, list.partial().lengths);
    assertArrayEquals(new int[] {0, 14}, list.partial().outs);
  }

  @Test
  void everyElementIsInOneUnit() {
    Random random = new Random(1);
    long[] lengths = random.longs(200, 0, 20_000).toArray();
    UnitList list = new UnitList(of(lengths));
    long[] seen = new long[lengths.length];
    for (int unit = 0; unit < list.count(); unit++) {
      int owner = list.owners[unit];
      assertTrue(list.froms[unit] + list.lengths[unit] <= lengths[owner]);
      assertEquals(0, list.froms[unit] % 4096);
      seen[owner] += list.lengths[unit];
    }
    assertArrayEquals(lengths, seen);
  }

  @Test
  void piecesHoldAllUnitsAndNoMoreThanTheyCan() {
    UnitList list = new UnitList(of(new Random(2).longs(300, 0, 9000).toArray()));
    List<UnitPiece> pieces = UnitPiece.cut(list, 10_000);
    long[] starts = UnitPiece.starts(list, pieces);
    int next = 0;
    for (UnitPiece piece : pieces) {
      assertEquals(next, piece.range().from());
      assertTrue(piece.elements() <= 10_000);
      long at = 0;
      for (next = piece.range().from(); next < piece.range().to(); next++) {
        assertEquals(at, starts[next]);
        at += list.lengths[next];
      }
      assertEquals(piece.elements(), at);
    }
    assertEquals(list.count(), next);
    assertEquals(
        Arrays.stream(list.lengths).asLongStream().sum(),
        pieces.stream().mapToLong(UnitPiece::elements).sum());
  }
}
