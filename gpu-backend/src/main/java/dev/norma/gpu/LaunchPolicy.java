package dev.norma.gpu;

import dev.norma.spi.Layout;
import dev.norma.spi.StridedLayout;

/**
 * How a batch is spread over a device: pure functions of what the device holds and of how the
 * vectors lie.
 */
public final class LaunchPolicy {
  /** So many consecutive elements are a chunk. */
  static final int CHUNK = 4096;

  /** So many running sums a chunk has. */
  static final int LANES = 32;

  /** Work-items of a group, as in reduction.h. */
  static final int ROW_GROUP = 128;

  /** Work-items of a group of columns, the largest that there are. */
  public static final int COLUMN_GROUP = 256;

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
    /** Each vector by some lanes, at even distances. */
    ROWS,
    /** Neighbouring vectors side by side. */
    COLUMNS,
    /** Each vector by some lanes, from a list. */
    LISTED
  }

  /**
   * How a batch is reduced.
   *
   * @param walk the kernel
   * @param lanes how many lanes a unit takes
   * @param chunks of a vector
   * @param units how many there are; of a list, they depend on the lengths, and this is 0
   * @param groups how many groups of work-items are started
   */
  record Launch(Walk walk, int lanes, long chunks, long units, long groups) {
    @Override
    public String toString() {
      return walk == Walk.LISTED
          ? "listed by size class"
          : "%s: %d groups for %d units of %d lanes, %d chunks a vector"
              .formatted(
                  walk.name().toLowerCase(java.util.Locale.ROOT), groups, units, lanes, chunks);
    }
  }

  /** Returns how the vectors of a layout are reduced. */
  static Launch of(Layout layout) {
    if (!(layout instanceof StridedLayout strided) || strided.elements().rank() > 1) {
      return new Launch(Walk.LISTED, 0, 0, 0, 0);
    }
    long length = strided.elements().size();
    long chunks = Math.max(1, (length + CHUNK - 1) / CHUNK);
    if (isColumns(strided)) {
      long run = strided.vectors().innerSize();
      long tiles = (run + TILE - 1) / TILE;
      long runs = lastRun(strided) - strided.first() / run + 1;
      long units = runs * tiles * chunks;
      return new Launch(Walk.COLUMNS, LANES, chunks, units, units);
    }
    if (strided.vectors().rank() > 1) {
      return new Launch(Walk.LISTED, 0, 0, 0, 0);
    }
    int lanes = lanes(Math.min(length, CHUNK));
    long units = strided.count() * chunks;
    return new Launch(Walk.ROWS, lanes, chunks, units, groups(units, lanes));
  }

  private static boolean isColumns(StridedLayout layout) {
    return layout.elements().size() > 1
        && layout.elements().innerStride() != 1
        && layout.vectors().rank() >= 1
        && layout.vectors().rank() <= 2
        && layout.vectors().innerStride() == 1
        && Math.min(layout.vectors().innerSize(), layout.count()) >= FEWEST_COLUMNS;
  }

  private static long lastRun(StridedLayout layout) {
    return (layout.first() + layout.count() - 1) / layout.vectors().innerSize();
  }

  /** Returns how many lanes take a vector of so many elements: no more than it can keep busy. */
  static int lanes(long length) {
    if (length >= LANES) {
      return LANES;
    }
    return length <= 1 ? 1 : 2 * Integer.highestOneBit((int) length - 1);
  }

  /** Returns how many groups take so many units. */
  static long groups(long units, int lanes) {
    long perGroup = ROW_GROUP / lanes;
    return (units + perGroup - 1) / perGroup;
  }

  /** Returns the bytes of a piece in which data from the host goes to a device. */
  static long pieceBytes(Limits limits) {
    long most = Math.min(limits.memory() / PARTS_OF_MEMORY, limits.largestBuffer());
    return Math.clamp(most, SMALLEST_PIECE, LARGEST_PIECE);
  }

  /** Returns the next smaller piece, 0 where none is left. */
  static long smaller(long pieceBytes) {
    return pieceBytes / 2 < SMALLEST_PIECE ? 0 : pieceBytes / 2;
  }
}
