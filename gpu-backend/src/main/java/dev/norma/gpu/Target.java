package dev.norma.gpu;

import dev.norma.gpu.Device.Buffer;
import dev.norma.gpu.Launcher.States;

/** What becomes of the values of a function on a device. */
interface Target {
  /** Makes room for the states of so many chunks of vectors that have several. */
  void begin(long chunks);

  /** Called before anything is changed that the caller sees: the call cannot be done again. */
  void changing();

  /**
   * Returns what kernels are given.
   *
   * @param memory where values are written, if they are
   * @param partial whether they are those of chunks of vectors that have several
   */
  States of(Buffer memory, boolean partial);

  /** Folds the chunks of vectors that have so many each, chunk c of vector v at c * count + v. */
  void fold(int count, long chunks);

  /** Folds the chunks of listed vectors. */
  void fold(UnitList units);
}
