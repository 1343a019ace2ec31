package dev.norma.cli;

import java.util.concurrent.TimeUnit;

/** How much data speeds are measured on, and how long each. */
enum Effort {
  /** For a first impression: some of it may lie in a cache. */
  ROUGH(64 << 20, 100),
  /** More than caches hold. */
  CAREFUL(256 << 20, 400);

  private final long bytes;
  private final long millis;

  Effort(long bytes, long millis) {
    this.bytes = bytes;
    this.millis = millis;
  }

  /** Returns the size of the data. */
  long bytes() {
    return bytes;
  }

  /** Returns the time that one speed takes. */
  long nanos() {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
