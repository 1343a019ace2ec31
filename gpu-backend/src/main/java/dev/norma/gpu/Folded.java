package dev.norma.gpu;

import dev.norma.kernels.Program;

/** Something that is computed of each vector, chunk by chunk, and then folded. */
interface Folded {
  /** Returns the program with the kernels. */
  Program program();

  /** Returns the exponent that the kernels are given; 0 where they need none. */
  double exponent();

  /** Tells whether the program has kernels for short rows, see {@link ShortRowPolicy}. */
  boolean takesShortRows();

  /** Returns the size of an element. */
  int elementBytes();

  /** Returns how many 64-bit words a state has. */
  int slots();
}
