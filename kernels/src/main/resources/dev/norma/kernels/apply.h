// Applies a function to every element of vectors, and writes or sums its values: REDUCTION is
// "map" or "total". How the elements of a vector are taken is in map.h, run.h and total.h.
//
// A unit is at most a chunk of a vector. A team of work-items takes one, each of them four elements
// at a time, and those that are 4 * team behind. They are neighbours, so that they read and write
// neighbouring words.

// Vectors of one length at places that can be computed. Where they lie side by side ("across"), it
// is the units that are neighbours among the work-items, and the team of each that is apart.
// What is summed of chunk c of vector v goes to out[(first_chunk + c) * count + first + v].
KERNEL(APPLY_GROUP) void apply_strided(
    GLOBAL const element_t *x,
    GLOBAL const element_t *second,    // if has_second
    GLOBAL const index_t *table,       // see operands.h
    int x_entry,
    int second_entry,
    int out_entry,
    GLOBAL const double *coefficients, // number k of vector v is at k * count + v
    index_t count,                     // of all vectors
    double exponent,
    int has_second,
    int adds,
    GLOBAL result_t *out,
    index_t out_stride,
    int team,
    int across,
    index_t first,                     // the number of the first vector at hand
    index_t vectors,                   // so many are at hand
    index_t length,                    // with so many elements
    index_t chunks,                    // in so many chunks
    index_t first_chunk,
    int followed) {                    // whether each begins behind the one before, in all operands
  STATES(APPLY_GROUP);
  int units = APPLY_GROUP / team;
  int lane = FIRST_LANE(across ? LOCAL_ID / units : LOCAL_ID & (team - 1));
  index_t unit = GROUP_ID * units + (across ? LOCAL_ID & (units - 1) : LOCAL_ID / team);
  index_t inner = across ? vectors : chunks; // what moves fastest from unit to unit
  index_t outer = inner == 1 ? unit : unit / inner;
  index_t chunk = across ? outer : unit - outer * inner;
  index_t vector = across ? unit - outer * inner : outer;
  int mine = unit < vectors * chunks;
  state_t state = R(neutral)();
  if (mine) {
    index_t from = chunk * CHUNK;
    index_t rest = length - from;
    index_t behind = followed && vector + 1 < vectors ? length : rest - CHUNK;
    int slack = behind > 2 ? 3 : 0;
    operands_t operands = {x, second, has_second, adds, GAP(team), slack};
    set_vector(&operands.x_place, table + x_entry, vector);
    set_vector(&operands.second_place, table + second_entry, vector);
    set_vector(&operands.out_place, table + out_entry, vector);
    function_context context;
    function_prepare(&context, coefficients + (first + vector), count, exponent);
    state = take_lanes(
        state, operands, out, context, from, (int) (rest < CHUNK ? rest : CHUNK), lane, team);
  }
  FINISH(state, team, across ? units : 1, mine && lane == 0,
      (first_chunk + chunk) * count + first + vector)
}

// Vectors of any lengths at any places. Unit u is lengths[u] elements from element froms[u] on of
// vector owners[u], which begins at x_starts[u] and so on; its sum goes to out[outs[u]].
KERNEL(APPLY_GROUP) void apply_listed(
    GLOBAL const element_t *x,
    GLOBAL const element_t *second,
    GLOBAL const index_t *table,
    int x_entry,
    int second_entry,
    int out_entry,
    GLOBAL const double *coefficients,
    index_t count,
    double exponent,
    int has_second,
    int adds,
    GLOBAL result_t *out,
    index_t out_stride,
    int team,
    GLOBAL const index_t *x_starts,
    GLOBAL const index_t *second_starts,
    GLOBAL const index_t *out_starts,
    GLOBAL const index_t *froms,
    GLOBAL const int *lengths,
    GLOBAL const int *owners,
    GLOBAL const int *outs,
    index_t first_unit,
    index_t end_unit) {
  STATES(APPLY_GROUP);
  int lane = FIRST_LANE(LOCAL_ID & (team - 1));
  index_t unit = first_unit + GROUP_ID * (APPLY_GROUP / team) + LOCAL_ID / team;
  int mine = unit < end_unit;
  state_t state = R(neutral)();
  if (mine) {
    operands_t operands = {x, second, has_second, adds, GAP(team), 0};
    set_place(&operands.x_place, table + x_entry, x_starts[unit]);
    set_place(&operands.second_place, table + second_entry, second_starts[unit]);
    set_place(&operands.out_place, table + out_entry, out_starts[unit]);
    function_context context;
    function_prepare(&context, coefficients + owners[unit], count, exponent);
    state = take_lanes(
        state, operands, out, context, froms[unit], lengths[unit], lane, team);
  }
  FINISH(state, team, 1, mine && lane == 0, outs[unit])
}
