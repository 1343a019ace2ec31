package dev.norma.gpu;

import dev.norma.Batch;
import dev.norma.spi.Layout;
import dev.norma.spi.StridedLayout;
import java.util.Locale;

/**
 * How a batch is spread over a device: pure functions of what the device holds and of how the
 * vectors lie.
 */
public final class LaunchPolicy {
  /** Work-items of a group of columns, the largest that there are. */
  public static final int COLUMN_GROUP = 256;

  /** So many consecutive elements are a chunk. */
  static final int CHUNK = 4096;

  /** Work-items of a group, as in reduction.h. */
  static final int ROW_GROUP = 64;

  /** So many work-items at most take a chunk; each has 4 of its 32 lanes. */
  static final int LARGEST_TEAM = 8;

  /** Lanes of a work-item. */
  private static final int LANES = 4;

  /** Neighbouring columns that a group reads. */
  static final int TILE = 32;

  /** Fewer columns than this are read one by one. */
  private static final int FEWEST_COLUMNS = 8;

  /** Data from the host goes to the device in pieces no larger than this. */
  private static final long LARGEST_PIECE = 32L << 20;

  private static final long SMALLEST_PIECE = 1 << 16;

  /** The part of a device's memory that one piece takes at most; there are two. */
  private static final int PARTS_OF_MEMORY = 8;

  private LaunchPolicy() {}

  /** How the kernels walk over the vectors. */
  enum Walk {
    /** Each vector by a team of work-items, at even distances. */
    ROWS,
    /** Neighbouring vectors side by side. */
    COLUMNS,
    /** Each vector by a team, from a list; how large it is depends on the length. */
    LISTED
  }

  /**
   * How a batch is reduced.
   *
   * @param walk the kernel
   * @param team how many work-items take a row; of other walks, as many as there can be
   * @param chunks of a vector; of a list, they differ, and this is 0
   * @param pieceBytes in what pieces the batch goes to the device, if it lies on the host
   */
  record Launch(Walk walk, int team, long chunks, long pieceBytes) {
    @Override
    public String toString() {
      String vectors =
          switch (walk) {
            case ROWS -> "teams of " + team + ", " + chunks + " chunks";
            case COLUMNS -> "tiles of " + TILE + " columns, " + chunks + " chunks";
            case LISTED -> "units by size class";
          };
      return walk.name().toLowerCase(Locale.ROOT)
          + ": "
          + vectors
          + "; from the host in pieces of "
          + pieceBytes
          + " bytes";
    }
  }

  /** Returns how a batch is reduced on a device. */
  static Launch of(Limits limits, Batch batch) {
    Layout layout = batch.layout();
    long bytes = Math.multiplyExact(layout.size(), (long) batch.type().bytes());
    long pieceBytes = Math.clamp(bytes, SMALLEST_PIECE, pieceBytes(limits));
    if (!(layout instanceof StridedLayout strided) || strided.elements().rank() > 1) {
      return new Launch(Walk.LISTED, LARGEST_TEAM, 0, pieceBytes);
    }
    long length = strided.elements().size();
    if (isColumns(strided)) {
      return new Launch(Walk.COLUMNS, LARGEST_TEAM, chunks(length), pieceBytes);
    }
    return strided.vectors().rank() > 1
        ? new Launch(Walk.LISTED, LARGEST_TEAM, 0, pieceBytes)
        : new Launch(Walk.ROWS, team(Math.min(length, CHUNK)), chunks(length), pieceBytes);
  }

  private static boolean isColumns(StridedLayout layout) {
    return layout.elements().size() > 1
        && layout.elements().innerStride() != 1
        && layout.vectors().rank() >= 1
        && layout.vectors().rank() <= 2
        && layout.vectors().innerStride() == 1
        && Math.min(layout.vectors().innerSize(), layout.count()) >= FEWEST_COLUMNS;
  }

  /** Returns how many chunks a vector has; one of no elements has one too. */
  static long chunks(long length) {
    return Math.max(1, (length + CHUNK - 1) / CHUNK);
  }

  /** Returns how many work-items take a vector of so many elements: as many as it keeps busy. */
  static int team(long length) {
    int team = 1;
    while (team < LARGEST_TEAM && (long) team * LANES < length) {
      team *= 2;
    }
    return team;
  }

  /** Returns how many groups take so many units. */
  static long groups(long units, int team) {
    long perGroup = ROW_GROUP / team;
    return (units + perGroup - 1) / perGroup;
  }

  /** Returns the bytes of the largest piece in which data from the host goes to a device. */
  static long pieceBytes(Limits limits) {
    long most = Math.min(limits.memory() / PARTS_OF_MEMORY, limits.largestBuffer());
    return Math.clamp(most, SMALLEST_PIECE, LARGEST_PIECE);
  }

  /** Returns the next smaller piece, 0 where none is left. */
  static long smaller(long pieceBytes) {
    return pieceBytes / 2 < SMALLEST_PIECE ? 0 : pieceBytes / 2;
  }
}
