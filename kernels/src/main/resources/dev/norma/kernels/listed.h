// Vectors of any lengths at any places: ragged segments, some vectors of many, and vectors whose
// elements follow each other in more than one step.
//
// Unit u is at most a chunk of a vector: lengths[u] elements from element froms[u] on of the vector
// that begins at starts[u]; its state goes to out[outs[u]]. Units of about the same length follow
// each other in the lists and are taken by as many work-items as they need, see rows.h.

// Takes up to four elements, from number i on, of "count" that are left.
INLINE state_t add_scattered(
    state_t state, GLOBAL const element_t *vector, index_t i, int gap, int count,
    GLOBAL const index_t *axes, int rank, context_t context) {
  element_t x0 = vector[position_of(i, axes, rank)];
  element_t x1 = count > 1 ? vector[position_of(i + 1, axes, rank)] : 0;
  element_t x2 = count > gap ? vector[position_of(i + gap, axes, rank)] : 0;
  element_t x3 = count > gap + 1 ? vector[position_of(i + gap + 1, axes, rank)] : 0;
  elements_t x = {x0, x1, x2, x3};
  return add_present(state, x, gap, count, context);
}

KERNEL(ROW_GROUP) void reduce_listed(
    GLOBAL const element_t *elements,
    index_t offset, // added to all starts
    GLOBAL const index_t *starts,
    GLOBAL const index_t *froms,
    GLOBAL const int *lengths,
    GLOBAL const int *outs,
    index_t first_unit,
    index_t end_unit,
    int team,
    GLOBAL const index_t *axes,
    int rank,
    GLOBAL const double *scales, // of the units, if scaled
    int scaled,
    double exponent,
    GLOBAL u64 *out,
    index_t out_stride) {
  EXCHANGE(state_t, ROW_GROUP);
  int lane = FIRST_LANE(LOCAL_ID & (team - 1));
  index_t unit = unit_of(first_unit, team);
  state_t state = R(neutral)();
  if (unit < end_unit) {
    context_t context = R(prepare)(scaled ? scales[unit] : 1.0, exponent);
    GLOBAL const element_t *vector = elements + (offset + starts[unit]);
    index_t from = froms[unit];
    int n = lengths[unit];
    if (rank == 1) {
      index_t step = axes[1];
      state = add_lanes(
          state, vector + from * step, step, n, 0, lane, GAP(team), 4 * team, context);
    } else {
      for (int i = lane; i < n; i += 4 * team) {
        state = add_scattered(
            state, vector, from + i, GAP(team), n - i, axes, rank, context);
      }
    }
  }
  FOLD_TEAM(result, state, team);
  if (lane == 0 && unit < end_unit) {
    R(save)(result, out, outs[unit], out_stride);
  }
}
