// Element i of a vector lies at the sum of index times step over the axes, of which the last moves
// fastest: axes[k] is the size of axis k and axes[rank + k] its step. With one axis it is i times
// its step.
INLINE index_t position_of(index_t i, GLOBAL const index_t *axes, int rank) {
  index_t position = 0;
  for (int k = rank - 1; k > 0; k--) {
    index_t rest = i / axes[k];
    position += (i - rest * axes[k]) * axes[rank + k];
    i = rest;
  }
  return position + i * axes[rank];
}
