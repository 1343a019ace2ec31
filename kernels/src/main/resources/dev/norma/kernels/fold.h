// The next level of the order of a sum: the states of the chunks of a vector are themselves a
// sequence that is cut into chunks of 4096, and summed in 32 lanes.
//
// Unit u is lengths[u] states, at most 4096, from state froms[u] on of the sequence that begins at
// in[starts[u]], each "step" behind the one before; what they fold to goes to out[outs[u]].
KERNEL(ROW_GROUP) void fold_listed(
    GLOBAL const u64 *in,
    index_t in_stride,
    index_t step,
    GLOBAL const index_t *starts,
    GLOBAL const index_t *froms,
    GLOBAL const int *lengths,
    GLOBAL const int *outs,
    index_t first_unit,
    index_t end_unit,
    int lanes,
    GLOBAL u64 *out,
    index_t out_stride) {
  EXCHANGE(state_t, ROW_GROUP);
  int lane = LOCAL_ID & (lanes - 1);
  index_t unit = first_unit + GROUP_ID * (ROW_GROUP / lanes) + LOCAL_ID / lanes;
  state_t state = R(neutral)();
  if (unit < end_unit) {
    index_t start = starts[unit] + froms[unit] * step;
    for (int i = lane; i < lengths[unit]; i += lanes) {
      state = R(fold)(state, R(load)(in, start + i * step, in_stride));
    }
  }
  FOLD_LANES(state, lanes)
  if (lane == 0 && unit < end_unit) {
    R(save)(state, out, outs[unit], out_stride);
  }
}
