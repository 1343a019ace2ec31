package dev.norma.gpu;

import dev.norma.spi.Layout;
import java.util.Arrays;

/**
 * Sequences that are reduced to one state each: the elements of vectors, or the states of their
 * chunks.
 */
final class Sequences {
  /** Where each begins. */
  final long[] starts;

  /** How long each is. */
  final long[] lengths;

  /** The number of each one's state. */
  final int[] outs;

  /** Makes so many sequences, to be filled in. */
  Sequences(int count) {
    starts = new long[count];
    lengths = new long[count];
    outs = new int[count];
  }

  /** Returns the vectors of a layout. */
  static Sequences of(Layout layout) {
    Sequences vectors = new Sequences(Math.toIntExact(layout.count()));
    for (int i = 0; i < vectors.count(); i++) {
      vectors.starts[i] = layout.start(i);
      vectors.lengths[i] = layout.length(i);
      vectors.outs[i] = i;
    }
    return vectors;
  }

  /** Returns the sequences of the chunks of vectors of one length. */
  static Sequences ofChunks(int vectors, long chunks, long step) {
    Sequences all = new Sequences(vectors);
    Arrays.fill(all.lengths, chunks);
    for (int i = 0; i < vectors; i++) {
      all.starts[i] = i * step;
      all.outs[i] = i;
    }
    return all;
  }

  int count() {
    return outs.length;
  }
}
