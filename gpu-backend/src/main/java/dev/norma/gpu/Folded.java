package dev.norma.gpu;

import dev.norma.kernels.Program;

/** Something that is computed of each vector, chunk by chunk, and then folded. */
interface Folded {
  /** Returns the program with the kernels. */
  Program program();

  /** Returns the exponent that the kernels are given; 0 where they need none. */
  double exponent();

  /** Returns how many work-items take a short row, 0 where the program has no kernel for these. */
  int shortTeam();

  /** Returns how many 64-bit words a state has. */
  int slots();
}
