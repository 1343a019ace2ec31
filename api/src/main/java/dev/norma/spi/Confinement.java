package dev.norma.spi;

import dev.norma.Batch;
import dev.norma.DifferenceBatch;
import dev.norma.Elements;

/** Tells memory that other threads may not touch from all other. */
public final class Confinement {
  /** A thread that never runs: memory that it may not read is confined to one thread. */
  private static final Thread OTHER = new Thread(() -> {}, "norma-other");

  private Confinement() {}

  /** Tells whether the memory of a batch is confined to one thread. */
  public static boolean holds(Batch batch) {
    if (batch instanceof DifferenceBatch difference) {
      return holds(difference.x()) || holds(difference.y());
    }
    Elements elements = batch.elements();
    return elements.device() == null && !elements.segment().isAccessibleBy(OTHER);
  }
}
