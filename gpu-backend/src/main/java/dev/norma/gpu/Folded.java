package dev.norma.gpu;

import dev.norma.kernels.Program;

/** Something that is computed of each vector, chunk by chunk, and then folded. */
interface Folded {
  /** Returns the program with the kernels. */
  Program program();

  /** Returns the exponent that the kernels are given; 0 where they need none. */
  double exponent();

  /** Tells whether a device gains by a kernel in which groups copy short rows, see staged.h. */
  boolean stagesRows(boolean cpu);

  /** Tells whether there is one in which pairs of work-items take short rows, see short.h. */
  boolean pairsRows();

  /** Returns the size of an element. */
  int elementBytes();

  /** Returns how many 64-bit words a state has. */
  int slots();
}
