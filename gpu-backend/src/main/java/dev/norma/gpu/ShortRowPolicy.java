package dev.norma.gpu;

import dev.norma.gpu.Launcher.Rows;

/**
 * Which rows are so short that they have a kernel of their own: to find out where they lie, and to
 * exchange what lanes hold, would take more than their elements.
 *
 * @param rows where they lie
 * @param pass what is computed of them
 * @param cpu whether the device is a CPU
 */
record ShortRowPolicy(Rows rows, Folded pass, boolean cpu) {
  /** So many work-items take a row in short.h. */
  static final int TEAM = 2;

  /** Rows of no more elements are taken there. */
  private static final int LONGEST = 256;

  /** Memory of a group that rows are copied to, as in tile.h. */
  private static final int TILE_BYTES = 16384;

  /** Work-items that take steps together, each a row. */
  private static final int WARP = 32;

  /** What memory is read by. */
  private static final int SECTOR_BYTES = 32;

  /** Rows that begin at sectors keep two work-items busy, of binary32 from this length on. */
  private static final int FEWEST_BINARY32 = 16;

  /** And of binary64 from this one. */
  private static final int FEWEST_BINARY64 = 32;

  /** Where there are that many groups or more, each takes as many rows as it can. */
  private static final long GROUPS = 512;

  /**
   * Tells whether a group copies them to its own memory, see staged.h. Where pairs of work-items
   * can take rows, a CPU gains nothing, nor do longer ones that begin at sectors.
   */
  boolean areStaged() {
    boolean direct = arePaired() && (cpu || keepPairsBusy());
    return pass.stagesRows(cpu) && !direct && areNeighbours() && fitGroup();
  }

  private boolean keepPairsBusy() {
    int fewest = bytes() == Float.BYTES ? FEWEST_BINARY32 : FEWEST_BINARY64;
    boolean begin = (rows.offset() | rows.vectorStep()) % (SECTOR_BYTES / bytes()) == 0;
    return begin && rows.length() >= fewest;
  }

  /** Tells whether two work-items take a row, see short.h. */
  boolean arePaired() {
    boolean fit = areNeighbours() && rows.length() <= LONGEST;
    return pass.pairsRows() && fit && bytes() > Short.BYTES;
  }

  private int bytes() {
    return pass.elementBytes();
  }

  private boolean areNeighbours() {
    return rows.elementStep() == 1;
  }

  /** Tells whether they fit a group, with less than a sector between two of them. */
  private boolean fitGroup() {
    long between = rows.vectorStep() - rows.length();
    return rows.length() > 0
        && fitGroup(rows.vectorStep(), bytes())
        && between >= 0
        && between * bytes() < SECTOR_BYTES;
  }

  /** Tells whether a group can copy a row for each of a warp, if they are so far apart. */
  static boolean fitGroup(long step, int bytes) {
    return step > 0 && step <= TILE_BYTES / WARP / bytes;
  }

  /** Returns how many rows of so many a group copies at once: whole warps of them. */
  int ofGroup(long count) {
    return ofGroup(count, rows.vectorStep(), bytes());
  }

  /** Tells whether one fits the memory of a group, if elements have so many bytes. */
  static boolean fitTile(long length, int bytes) {
    return length <= TILE_BYTES / bytes;
  }

  /**
   * The same of rows that are so far apart; a power of two where no whole warp of them fits.
   *
   * @param bytes of an element, of one operand or of two together
   */
  static int ofGroup(long count, long step, int bytes) {
    if (!fitGroup(step, bytes)) {
      return Integer.highestOneBit((int) (TILE_BYTES / bytes / step));
    }
    long room = TILE_BYTES / bytes / step / WARP;
    long share = count / GROUPS / WARP;
    return WARP * (int) Math.clamp(share, Math.min(room, LaunchPolicy.ROW_GROUP / WARP), room);
  }
}
