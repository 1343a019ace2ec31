package dev.norma.gpu;

import dev.norma.spi.Layout;
import java.util.Arrays;

/**
 * Sequences that are reduced to one state each: the elements of vectors, or the states of their
 * chunks.
 *
 * @param starts where each begins
 * @param lengths how long each is
 * @param outs the number of each one's state
 */
record Sequences(long[] starts, long[] lengths, int[] outs) {
  /** Returns the vectors of a layout. */
  static Sequences of(Layout layout) {
    int count = Math.toIntExact(layout.count());
    long[] starts = new long[count];
    long[] lengths = new long[count];
    int[] outs = new int[count];
    for (int i = 0; i < count; i++) {
      starts[i] = layout.start(i);
      lengths[i] = layout.length(i);
      outs[i] = i;
    }
    return new Sequences(starts, lengths, outs);
  }

  /** Returns the sequences of the chunks of vectors of one length. */
  static Sequences ofChunks(int vectors, long chunks, long step) {
    long[] starts = new long[vectors];
    long[] lengths = new long[vectors];
    int[] outs = new int[vectors];
    Arrays.fill(lengths, chunks);
    for (int i = 0; i < vectors; i++) {
      starts[i] = i * step;
      outs[i] = i;
    }
    return new Sequences(starts, lengths, outs);
  }

  int count() {
    return outs.length;
  }
}
