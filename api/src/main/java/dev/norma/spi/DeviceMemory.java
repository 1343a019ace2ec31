package dev.norma.spi;

import java.lang.foreign.MemorySegment;

/**
 * Memory that a backend computes from without copying it again. What is in it changes by {@link
 * Backend#map} and {@link Backend#copy} alone. Safe for use by many threads, as far as none reads
 * what another one has written to at the same time.
 */
public interface DeviceMemory extends AutoCloseable {
  /** Returns the backend that this memory belongs to; no other one can read it. */
  Backend owner();

  /** Returns the size in bytes. */
  long byteSize();

  /**
   * Copies bytes from {@code offset} on to the host until {@code to} is full.
   *
   * @throws IllegalStateException if this memory or its backend has been closed
   */
  void read(long offset, MemorySegment to);

  /** Releases the memory, after the plans that are under way with it. Again, it does nothing. */
  @Override
  void close();
}
