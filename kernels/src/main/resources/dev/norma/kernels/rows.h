// Vectors of one length at even distances: rows of a matrix, and whatever is strided in one step.
//
// A unit is one chunk of one vector; unit u is chunk u % chunks of vector u / chunks. A team
// of 1, 2, 4 or 8 neighbouring work-items takes one unit, with four lanes each: as
// many as a short row keeps busy, so that neighbouring work-items still read neighbouring words.
// One row then takes a part of a warp, many warps, or the whole device: it is the same kernel. The
// state of unit u goes to out[u].
KERNEL(ROW_GROUP) void reduce_rows(
    GLOBAL const element_t *elements,
    index_t offset,         // of vector 0, which may lie before the memory at hand
    index_t vector_step,
    index_t element_step,
    index_t length,
    index_t chunks,         // of a vector, at least 1
    index_t first_unit,
    index_t end_unit,
    int team,
    GLOBAL const double *scales, // of the vectors, if scaled
    int scaled,
    double exponent,
    GLOBAL u64 *out,
    index_t out_stride) {
  EXCHANGE(state_t, ROW_GROUP);
  int lane = FIRST_LANE(LOCAL_ID & (team - 1));
  index_t unit = unit_of(first_unit, team);
  state_t state = R(neutral)();
  if (unit < end_unit) {
    index_t vector = unit;
    index_t at = offset;
    index_t n = length;
    if (chunks > 1) {
      vector = unit / chunks;
      index_t from = (unit - vector * chunks) * CHUNK;
      at += from * element_step;
      n = length - from < CHUNK ? length - from : CHUNK;
    }
    // Behind a row that another one follows can be loaded what lies before the end of that.
    int followed =
        chunks == 1 && vector_step >= length && length > 2 && unit + 1 < end_unit;
    int slack = IN_STEP ? 3 * followed : 0;
    context_t context = R(prepare)(scaled ? scales[vector] : 1.0, exponent);
    state = add_lanes(
        state, elements + (at + vector * vector_step), element_step, (int) n, slack, lane,
        GAP(team), 4 * team, context);
  }
  FOLD_TEAM(result, state, team);
  if (lane == 0 && unit < end_unit) {
    R(save)(result, out, unit, out_stride);
  }
}
