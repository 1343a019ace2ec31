package dev.norma.gpu;

import dev.norma.gpu.Device.Buffer;
import dev.norma.spi.Axes;
import dev.norma.spi.StridedLayout;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Where operands of functions lie, as a table for the kernels: see operands.h. */
final class Places {
  /** So many elements are loaded at once. */
  private static final int TOGETHER = 4;

  /** Memory is taken in sectors. */
  private static final int SECTOR_BYTES = 32;

  /** Of rows of so many sectors, one more than they fill is 2 %. */
  private static final int FEWEST_SECTORS = 50;

  /** Words of an entry before its axes. */
  private static final int HEAD = 4;

  private long[] table = new long[64];
  private int size;

  /**
   * The entries of the operands of one launch. Where there is no second, or nothing is written, it
   * is any entry.
   */
  record Entries(int x, int second, int out) {}

  /** Adds vectors of one length, and returns their entry. */
  int add(StridedLayout layout) {
    long corner = layout.start(0) - layout.vectors().offset(layout.first());
    return add(corner, layout.first(), layout.vectors(), layout.elements());
  }

  /** Adds vectors whose first one of all begins at an offset. */
  int add(long offset, long first, Axes vectors, Axes elements) {
    int entry = size;
    append(offset, first, rank(vectors), rank(elements));
    append(vectors.table());
    append(elements.table());
    return entry;
  }

  /** Adds vectors whose places are listed, from an offset on. */
  int addListed(long offset, Axes elements) {
    int entry = size;
    append(offset, 0, 0, rank(elements));
    append(elements.table());
    return entry;
  }

  /** A single position has an axis too, of size 1. */
  private static int rank(Axes axes) {
    return Math.max(1, axes.rank());
  }

  private void append(long... words) {
    if (size + words.length > table.length) {
      table = Arrays.copyOf(table, 2 * (size + words.length));
    }
    System.arraycopy(words, 0, table, size, words.length);
    size += words.length;
  }

  /**
   * Returns whether all operands lie like x: neighbours, and as far behind a multiple of {@link
   * #TOGETHER} elements.
   */
  boolean areRuns(Entries entries) {
    return all(entries, entry -> areAlike(entries.x, entry));
  }

  /** Returns whether all operands have rows of so many elements, of which each touches the next. */
  boolean touch(Entries entries, long length) {
    return all(entries, entry -> table[entry + 2] == 1 && table[entry + HEAD + 1] == length);
  }

  /**
   * Returns whether more than 2 % of the sectors of rows that touch would be asked for twice if
   * each row was taken by itself: as it shares some with the next one, or operands begin in
   * different places of theirs.
   */
  boolean shareSectors(Entries entries, long length, int bytes) {
    long inSector = SECTOR_BYTES / bytes;
    long start = start(entries.x);
    boolean alike = all(entries, entry -> (start(entry) - start) % inSector == 0);
    boolean whole = (start | length) % inSector == 0;
    return !alike || (!whole && length < FEWEST_SECTORS * inSector);
  }

  /** Returns whether all operands have rows of which each begins behind the one before. */
  boolean follow(Entries entries, long length) {
    return all(entries, entry -> table[entry + 2] == 1 && table[entry + HEAD + 1] >= length);
  }

  /** Returns whether all are runs that fulfil a condition. */
  private boolean all(Entries entries, IntPredicate condition) {
    return IntStream.of(entries.x, entries.second, entries.out)
        .allMatch(entry -> isRun(entry) && condition.test(entry));
  }

  private boolean isRun(int entry) {
    return table[entry + 3] == 1 && table[elements(entry) + 1] == 1;
  }

  /** Where the axes of the elements are. */
  private int elements(int entry) {
    return entry + HEAD + 2 * (int) table[entry + 2];
  }

  private boolean areAlike(int a, int b) {
    int rank = (int) table[a + 2];
    int steps = HEAD + rank;
    return rank == table[b + 2]
        && (rank < 2 || Arrays.equals(table, a + 1, a + steps, table, b + 1, b + steps))
        && areCongruent(start(a), start(b))
        && IntStream.range(steps, steps + rank)
            .allMatch(i -> areCongruent(table[a + i], table[b + i]));
  }

  /** Where the first vector begins, if vectors have one axis; where that of all does, if more. */
  long start(int entry) {
    boolean line = table[entry + 2] == 1;
    return table[entry] + (line ? table[entry + 1] * table[entry + HEAD + 1] : 0);
  }

  /** Returns whether two places are congruent modulo what is loaded at once. */
  static boolean areCongruent(long a, long b) {
    return (a - b) % TOGETHER == 0;
  }

  /** Copies the table to the device. */
  Buffer put(Workspace work) {
    return work.put("places", Arrays.copyOf(table, size));
  }
}
