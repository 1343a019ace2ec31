package dev.norma.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MapPieceTest {
  /** Each element is in one piece, which is no larger than asked for and begins with a chunk. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 4096",
    "7, 1, 4096",
    "20000, 1, 4096",
    "5, 4096, 4096",
    "5, 4097, 4096",
    "3, 9000, 10000",
    "100, 300, 4096",
    "13, 5000, 30000"
  })
  void piecesAreAllElementsOnce(int count, int length, long most) {
    for (boolean across : new boolean[] {false, true}) {
      BitSet seen = new BitSet(count * length);
      List<MapPiece> pieces = MapPiece.cut(count, length, most, across);
      for (MapPiece piece : pieces) {
        assertTrue(piece.elements() > 0 && piece.elements() <= most, piece::toString);
        assertEquals(piece.from(), piece.part().firstChunk() * LaunchPolicy.CHUNK);
        mark(piece, length, seen);
      }
      assertEquals(count * length, seen.cardinality());
    }
  }

  private static void mark(MapPiece piece, int length, BitSet seen) {
    for (long v = 0; v < piece.part().vectors(); v++) {
      for (long i = 0; i < piece.part().length(); i++) {
        int at = (int) ((piece.part().first() + v) * length + piece.from() + i);
        assertTrue(!seen.get(at), () -> "element " + at + " twice");
        seen.set(at);
      }
    }
  }
}
