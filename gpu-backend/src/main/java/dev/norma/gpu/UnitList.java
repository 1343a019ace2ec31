package dev.norma.gpu;

import static dev.norma.gpu.LaunchPolicy.CHUNK;

import java.util.ArrayList;
import java.util.List;

/**
 * The units of work that sequences of any lengths are cut into, sorted by size class: a unit is at
 * most a chunk of a sequence, and those of a class are reduced by equally large teams. The sequence
 * of a unit that is all of it gets its state; the states of the others are partial, and are
 * themselves sequences to be reduced.
 */
final class UnitList {
  /** How many work-items take a unit of each class; the last is that of the partial states. */
  private static final int[] TEAMS = {1, 2, 4, 8, 8};

  private static final int PARTIAL = TEAMS.length - 1;

  /** Where the sequence of each unit begins. */
  final long[] starts;

  /** Which element of its sequence is the first of each unit. */
  final long[] froms;

  /** How many elements each unit has. */
  final int[] lengths;

  /** The number of the state of each unit. */
  final int[] outs;

  /** The number of the sequence of each unit. */
  final int[] owners;

  private final int[] ends = new int[TEAMS.length];
  private final Sequences partial;

  /**
   * Units that follow each other.
   *
   * @param team how many work-items take each
   * @param from the first
   * @param to the one after the last
   * @param partial whether their states are partial
   */
  record Range(int team, int from, int to, boolean partial) {}

  UnitList(Sequences sequences) {
    int[] sizes = new int[TEAMS.length];
    int split = 0;
    for (int i = 0; i < sequences.count(); i++) {
      int sizeClass = sizeClass(sequences.lengths[i]);
      sizes[sizeClass] = Math.addExact(sizes[sizeClass], units(sequences.lengths[i]));
      split += sizeClass == PARTIAL ? 1 : 0;
    }
    int[] next = new int[TEAMS.length];
    for (int c = 0, total = 0; c < TEAMS.length; c++) {
      next[c] = total;
      total = Math.addExact(total, sizes[c]);
      ends[c] = total;
    }
    int total = ends[PARTIAL];
    starts = new long[total];
    froms = new long[total];
    lengths = new int[total];
    outs = new int[total];
    owners = new int[total];
    partial = new Sequences(split);
    place(sequences, next);
  }

  private void place(Sequences sequences, int[] next) {
    int firstPartial = next[PARTIAL];
    int split = 0;
    for (int i = 0; i < sequences.count(); i++) {
      long length = sequences.lengths[i];
      int sizeClass = sizeClass(length);
      if (sizeClass < PARTIAL) {
        put(next[sizeClass]++, sequences, i, 0, (int) length, sequences.outs[i]);
        continue;
      }
      partial.starts[split] = (long) next[PARTIAL] - firstPartial;
      partial.lengths[split] = units(length);
      partial.outs[split++] = sequences.outs[i];
      for (long from = 0; from < length; from += CHUNK) {
        int unit = next[PARTIAL]++;
        put(unit, sequences, i, from, (int) Math.min(CHUNK, length - from), unit - firstPartial);
      }
    }
  }

  private void put(int unit, Sequences sequences, int owner, long from, int length, int out) {
    starts[unit] = sequences.starts[owner];
    froms[unit] = from;
    lengths[unit] = length;
    outs[unit] = out;
    owners[unit] = owner;
  }

  private static int units(long length) {
    return Math.toIntExact(LaunchPolicy.chunks(length));
  }

  private static int sizeClass(long length) {
    if (length > CHUNK) {
      return PARTIAL;
    }
    return Integer.numberOfTrailingZeros(LaunchPolicy.team(length));
  }

  int count() {
    return starts.length;
  }

  /** Returns the units of each class that has some. */
  List<Range> ranges() {
    List<Range> ranges = new ArrayList<>();
    for (int c = 0, from = 0; c < TEAMS.length; from = ends[c++]) {
      if (from < ends[c]) {
        ranges.add(new Range(TEAMS[c], from, ends[c], c == PARTIAL));
      }
    }
    return ranges;
  }

  /** Returns how many partial states there are. */
  int partials() {
    return ends[PARTIAL] - ends[PARTIAL - 1];
  }

  /** Returns the sequences of partial states that are left to be reduced. */
  Sequences partial() {
    return partial;
  }
}
