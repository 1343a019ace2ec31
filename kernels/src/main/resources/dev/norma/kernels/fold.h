// Up to four states, of "count" that are left and "step" apart, as lanes.
INLINE state_t states_at(
    GLOBAL const u64 *in, index_t at, index_t step, index_t stride, int gap, int count) {
  lane_t none = R(first)(R(neutral)());
  lane_t a = R(load)(in, at, stride);
  lane_t b = count > 1 ? R(load)(in, at + step, stride) : none;
  lane_t c = count > gap ? R(load)(in, at + gap * step, stride) : none;
  lane_t d = count > gap + 1 ? R(load)(in, at + (gap + 1) * step, stride) : none;
  return R(four)(a, b, c, d);
}

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
    int team,
    GLOBAL u64 *out,
    index_t out_stride) {
  EXCHANGE(state_t, ROW_GROUP);
  int lane = FIRST_LANE(LOCAL_ID & (team - 1));
  index_t unit = unit_of(first_unit, team);
  state_t state = R(neutral)();
  if (unit < end_unit) {
    index_t start = starts[unit] + froms[unit] * step;
    int n = lengths[unit];
    for (int i = lane; i < n; i += 4 * team) {
      state = R(fold)(state, states_at(in, start + i * step, step, in_stride, GAP(team), n - i));
    }
  }
  FOLD_TEAM(result, state, team);
  if (lane == 0 && unit < end_unit) {
    R(save)(result, out, outs[unit], out_stride);
  }
}
