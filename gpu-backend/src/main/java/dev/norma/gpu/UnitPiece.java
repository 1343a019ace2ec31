package dev.norma.gpu;

import java.util.ArrayList;
import java.util.List;

/**
 * Units of one class that go to a device together, one behind the other.
 *
 * @param range which
 * @param elements how many elements they have
 */
record UnitPiece(UnitList.Range range, long elements) {
  /** Cuts all units into pieces of at most so many elements, which is at least a chunk. */
  static List<UnitPiece> cut(UnitList list, long most) {
    List<UnitPiece> pieces = new ArrayList<>();
    for (UnitList.Range range : list.ranges()) {
      int from = range.from();
      long elements = 0;
      for (int unit = from; unit < range.to(); unit++) {
        if (elements + list.lengths[unit] > most) {
          pieces.add(piece(range, from, unit, elements));
          from = unit;
          elements = 0;
        }
        elements += list.lengths[unit];
      }
      pieces.add(piece(range, from, range.to(), elements));
    }
    return pieces;
  }

  private static UnitPiece piece(UnitList.Range of, int from, int to, long elements) {
    return new UnitPiece(new UnitList.Range(of.team(), from, to, of.partial()), elements);
  }

  /** Returns where each unit begins in its piece. */
  static long[] starts(UnitList list, List<UnitPiece> pieces) {
    long[] starts = new long[list.count()];
    for (UnitPiece piece : pieces) {
      long at = 0;
      for (int unit = piece.range.from(); unit < piece.range.to(); unit++) {
        starts[unit] = at;
        at += list.lengths[unit];
      }
    }
    return starts;
  }
}
