// Rows of few elements that are neighbours in memory, wherever they begin.
//
// A group copies its rows to local memory as they lie, in whole sectors and with several loads of
// each work-item under way; then each work-item takes rows of its own, without exchange.
//
// A work-item takes a vector at once, and of powers two elements of any type, since those that a row
// has not would take the same time.

// Copies the elements before number "end", a vector "together" where it is one in the tile.
ALWAYS_INLINE void stage(
    tile_t tile, int together, GLOBAL const element_t *from, int high, int end) {
  int i = FIRST_LANE(LOCAL_ID);
  places_t to;
  set_places(&to, tile, i);
  int block = TILE_PLACE(STAGED_BLOCK, tile.left_out);
  int further = 0;
  copy_whole(to, together, block, from, &i, &further, end);
  for (; i < end; i += STAGED_BLOCK) {
    set_staged(to, together, further, readable_elements(from + i, STAGED_GAP, end - i, high - i));
    further += block;
  }
}

ALWAYS_INLINE void add_staged(state_t *state, staged_t row, int i, context_t context) {
  LOCAL const element_t *at = in_tile(row.tile, row.begin + i);
  int count = row.n - i;
#ifndef BOUND_BY_ARITHMETIC
  if (count >= AT_ONCE) {
    *state = add_elements(*state, staged_at(at, row.tile.aligned), context);
    return;
  }
#endif
  *state = add_present(*state, last_staged(at, count), 2, count, context);
}

// The state of row v goes to out[v]. A group takes "rows" rows, which fit the tile.
KERNEL(ROW_GROUP) void reduce_staged(
    GLOBAL const element_t *elements,
    index_t offset,      // of row 0, which may lie before the memory at hand
    index_t vector_step, // at least the length
    int length,          // at least 1
    index_t first_vector,
    index_t end_vector,
    int rows,
    GLOBAL const double *scales, // of the rows, if scaled
    int scaled,
    double exponent,
    GLOBAL u64 *out,
    index_t out_stride) {
  TILE(element_t, TILE_ROOM);
  index_t first = first_vector + GROUP_ID * rows;
  index_t left = end_vector - first;
  int count = left < rows ? (int) left : rows;
  int step = (int) vector_step;
  GLOBAL const element_t *at = elements + (offset + first * vector_step);
  int shift = SHIFT_OF(at, IN_SECTOR);
  tile_t room;
  set_tile(&room, tile, step, shift);
  int end = shift + (count - 1) * step + length;
  // Rows that lie behind can be loaded; at least one element of each of them is there. So can what
  // lies before, as memory begins where a sector does.
  int high = left > count + 2 ? end + 3 : end;
  if (room.later == 0) {
    stage(room, 1, at - shift, high, end);
  } else {
    stage(room, 0, at - shift, high, end);
  }
  BARRIER;
  int begin = shift + room.later;
  int few = length <= AT_ONCE;
  for (int i = LOCAL_ID; few && i < count; i += ROW_GROUP) {
    context_t context = R(prepare)(scaled ? scales[first + i] : 1.0, exponent);
    staged_t row = {room, begin + i * step, length, 0};
    state_t state = R(neutral)();
    add_staged(&state, row, 0, context);
    lane_t result = length > 1 ? LANE_OF(state) : R(first)(state);
    R(save)(result, out, first + i, out_stride);
  }
  for (int i = LOCAL_ID; !few && i < count; i += ROW_GROUP) {
    context_t context = R(prepare)(scaled ? scales[first + i] : 1.0, exponent);
    staged_t row = {room, begin + i * step, length, 0};
    state_t state;
    SET_ROW(&state, row, 0, context);
    R(save)(LANE_OF(state), out, first + i, out_stride);
  }
}
