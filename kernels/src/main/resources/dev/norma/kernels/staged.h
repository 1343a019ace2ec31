// Rows of few elements that are neighbours in memory, wherever they begin.
//
// A group copies its rows to local memory as they lie, in whole sectors and with several loads of
// each work-item under way; then each work-item takes rows of its own, without exchange. Not for
// binary64, which is bound by arithmetic.
//
// Local memory has banks of 128 bytes in all. Where rows are whole fours apart, they begin at fours
// in the tile, wherever they do in memory. Where they are an even number of fours apart, four elements
// are left out behind each 128 bytes: or rows of 64, say, would begin in one bank.
#define TILE_BYTES 16384
#define IN_BANKS (128 / ELEMENT_BYTES)
#define MOST_LEFT_OUT 4
#define TILE_PLACE(i, left_out) ((i) + (i) / IN_BANKS * (left_out))
#define TILE_ROOM TILE_PLACE(TILE_BYTES / ELEMENT_BYTES + IN_BANKS + 4, MOST_LEFT_OUT)
#define STAGED_BLOCK (4 * ROW_GROUP) // what a group copies at once
#define LANES 32

// Four elements, of which those before number "high" can be loaded, the first one at least.
ALWAYS_INLINE elements_t staged_elements(GLOBAL const element_t *from, int i, int high) {
  return i + 3 < high ? ALIGNED_AT(from + i, 2) : some_elements(from + i, 1, 2, high - i);
}

// Where elements lie in the tile.
typedef struct {
  LOCAL element_t *at;
  int left_out;
  int later; // than in memory, from the first on
  int fours; // whether rows begin at fours
} tile_t;

// The places of four elements in it.
typedef struct {
  LOCAL element_t *x;
  LOCAL element_t *y;
  LOCAL element_t *z;
  LOCAL element_t *w;
} places_t;

INLINE void set_staged(places_t to, int together, int further, elements_t x) {
  if (together) {
    SET_LOCAL_AT(to.x + further, x);
    return;
  }
  to.x[further] = x.x;
  to.y[further] = x.y;
  to.z[further] = x.z;
  to.w[further] = x.w;
}

// Copies the elements before number "end"; fours are fours in the tile where they are "together".
ALWAYS_INLINE void stage(
    tile_t tile, int together, GLOBAL const element_t *from, int high, int end) {
  int i = FIRST_LANE(LOCAL_ID);
  u32 place = (u32) (i + tile.later);
  u32 before = IN_BANKS - place % IN_BANKS; // so many lie before some are left out
  LOCAL element_t *x = tile.at + TILE_PLACE(place, tile.left_out);
  LOCAL element_t *behind = x + tile.left_out;
  places_t to = {x, (before > 1 ? x : behind) + 1, (before > 2 ? x : behind) + 2,
      (before > 3 ? x : behind) + 3};
  int block = TILE_PLACE(STAGED_BLOCK, tile.left_out);
  int further = 0;
  for (; i + 3 * STAGED_BLOCK + 3 < end; i += 4 * STAGED_BLOCK) {
    elements_t x0 = ALIGNED_AT(from + i, 2);
    elements_t x1 = ALIGNED_AT(from + i + STAGED_BLOCK, 2);
    elements_t x2 = ALIGNED_AT(from + i + 2 * STAGED_BLOCK, 2);
    elements_t x3 = ALIGNED_AT(from + i + 3 * STAGED_BLOCK, 2);
    set_staged(to, together, further, x0);
    set_staged(to, together, further + block, x1);
    set_staged(to, together, further + 2 * block, x2);
    set_staged(to, together, further + 3 * block, x3);
    further += 4 * block;
  }
  for (; i < end; i += STAGED_BLOCK) {
    set_staged(to, together, further, staged_elements(from, i, high));
    further += block;
  }
}

ALWAYS_INLINE elements_t staged_at(LOCAL const element_t *at, int together) {
  if (together) {
    return LOCAL_AT(at);
  }
  elements_t x = {at[0], at[1], at[2], at[3]};
  return x;
}

// Takes four neighbours from number i of the tile on, or those that are left. States are set where
// they are: a structure that is returned would get a scope of its own, see operands.h.
ALWAYS_INLINE void add_staged(state_t *state, tile_t tile, int i, int count, context_t context) {
  LOCAL const element_t *at = tile.at + TILE_PLACE((u32) i, tile.left_out);
  if (count >= 4) {
    *state = add_elements(*state, staged_at(at, tile.fours), context);
    return;
  }
  element_t x1 = count > 1 ? at[1] : 0;
  element_t x2 = count > 2 ? at[2] : 0;
  elements_t x = {at[0], x1, x2, 0};
  *state = add_present(*state, x, 2, count, context);
}

// What the four lanes from "lane" on hold of n elements, which are more than "lane", from number
// "row" of the tile on.
ALWAYS_INLINE void set_four(
    state_t *state, tile_t tile, int row, int n, int lane, context_t context) {
  *state = R(neutral)();
  add_staged(state, tile, row + lane, n - lane, context);
  for (int i = lane + LANES; i < n; i += LANES) {
    add_staged(state, tile, row + i, n - i, context);
  }
}

// The same, with those 16 behind them.
ALWAYS_INLINE void set_two(
    state_t *state, tile_t tile, int row, int n, int lane, context_t context) {
  set_four(state, tile, row, n, lane, context);
  if (n > lane + 16) {
    state_t behind;
    set_four(&behind, tile, row, n, lane + 16, context);
    *state = R(fold)(*state, behind);
  }
}

// All lanes, folded to four: those 16 apart, then 8, then 4. Where there are no elements, there is
// nothing to fold, which would change no bit.
ALWAYS_INLINE void set_row(state_t *state, tile_t tile, int row, int n, context_t context) {
  set_two(state, tile, row, n, 0, context);
  if (n > 8) {
    state_t behind;
    set_two(&behind, tile, row, n, 8, context);
    *state = R(fold)(*state, behind);
  }
  if (n > 4) {
    state_t above;
    set_two(&above, tile, row, n, 4, context);
    if (n > 12) {
      state_t behind;
      set_two(&behind, tile, row, n, 12, context);
      above = R(fold)(above, behind);
    }
    *state = R(fold)(*state, above);
  }
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
  int shift = SHIFT_OF(at, IN_BANKS);
  int apart = (step & 3) == 0; // by whole fours
  tile_t room = {tile, (step & 7) == 0 ? MOST_LEFT_OUT : 0, apart ? -shift & 3 : 0, apart};
  int end = shift + (count - 1) * step + length;
  // Rows that lie behind can be loaded; at least one element of each of them is there. So can what
  // lies before, as memory begins where a sector does.
  int high = left > count + 3 ? end + 3 : end;
  if (room.later == 0) {
    stage(room, 1, at - shift, high, end);
  } else {
    stage(room, 0, at - shift, high, end);
  }
  BARRIER;
  int begin = shift + room.later;
  int few = length <= 4;
  for (int row = LOCAL_ID; few && row < count; row += ROW_GROUP) {
    context_t context = R(prepare)(scaled ? scales[first + row] : 1.0, exponent);
    state_t state = R(neutral)();
    add_staged(&state, room, begin + row * step, length, context);
    lane_t result = length > 1 ? fold_four(state) : R(first)(state);
    R(save)(result, out, first + row, out_stride);
  }
  for (int row = LOCAL_ID; !few && row < count; row += ROW_GROUP) {
    context_t context = R(prepare)(scaled ? scales[first + row] : 1.0, exponent);
    state_t state;
    set_row(&state, room, begin + row * step, length, context);
    R(save)(fold_four(state), out, first + row, out_stride);
  }
}
