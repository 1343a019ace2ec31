// Rows of few elements that are neighbours in memory.
//
// To find out where a short row lies, and to exchange what lanes hold, takes more than its elements.
// So only two work-items take it, which read a sector of memory together. Each has all lanes that
// are SHORT_LANES apart, in states of their own, and folds these without exchange. Not for types of
// 16 bits, of which two work-items would read half a sector, nor for several primitives, whose states
// would not fit into registers, nor for powers, which are bound by arithmetic.
#define SHORT_TEAM 2
#define SHORT_LANES (4 * SHORT_TEAM)
#define SHORT_GAP GAP(SHORT_TEAM)

// A row: the elements from number "first" on that are before number "end". Those before number
// "readable" can be loaded.
typedef struct {
  GLOBAL const element_t *from;
  int first;
  int end;
  int readable;
} row_t;

// Takes elements for the lanes of a work-item, from number i on, and for those SHORT_LANES behind.
// The whole team goes one way, or it would ask for the same sectors twice.
INLINE void add_two(state_t *a, state_t *b, row_t row, int i, context_t context) {
  int j = i + SHORT_LANES;
  int of_team = i & ~(SHORT_LANES - 1);
  if (of_team >= row.first && of_team + 2 * SHORT_LANES <= row.end) {
    elements_t x = ALIGNED_AT(row.from + i, SHORT_GAP);
    elements_t y = ALIGNED_AT(row.from + j, SHORT_GAP);
    *a = add_elements(*a, x, context);
    *b = add_elements(*b, y, context);
  } else {
    *a = add_between(
        *a, row.from + i, SHORT_GAP, row.first - i, row.end - i, row.readable - i, context);
    *b = add_between(
        *b, row.from + j, SHORT_GAP, row.first - j, row.end - j, row.readable - j, context);
  }
}

// What the lanes of a work-item hold of a row. Most rows are so short that a loop would cost more
// than what it repeats: the first elements of all lanes stand before it.
INLINE state_t lanes_of(row_t row, int lane, context_t context) {
  state_t a = R(neutral)();
  state_t b = R(neutral)();
  add_two(&a, &b, row, lane, context);
  if (row.end > 2 * SHORT_LANES) {
    state_t c = R(neutral)();
    state_t d = R(neutral)();
    add_two(&c, &d, row, lane + 2 * SHORT_LANES, context);
    for (int i = lane + 4 * SHORT_LANES; i < row.end; i += 4 * SHORT_LANES) {
      add_two(&a, &b, row, i, context);
      add_two(&c, &d, row, i + 2 * SHORT_LANES, context);
    }
    a = R(fold)(a, c); // 16 lanes apart
    b = R(fold)(b, d);
  }
  return R(fold)(a, b);
}

// The state of row v goes to out[v].
KERNEL(ROW_GROUP) void reduce_short(
    GLOBAL const element_t *elements,
    index_t offset,         // of row 0, which may lie before the memory at hand
    index_t vector_step,
    int length,
    index_t first_vector,
    index_t end_vector,
    GLOBAL const double *scales, // of the rows, if scaled
    int scaled,
    double exponent,
    GLOBAL u64 *out,
    index_t out_stride) {
  EXCHANGE(state_t, ROW_GROUP);
  int lane = FIRST_LANE(LOCAL_ID & (SHORT_TEAM - 1));
  index_t vector = unit_of(first_vector, SHORT_TEAM);
  state_t state = R(neutral)();
  if (vector < end_vector) {
    context_t context = R(prepare)(scaled ? scales[vector] : 1.0, exponent);
    GLOBAL const element_t *at = elements + (offset + vector * vector_step);
    int shift = length > 0 ? SHIFT_OF(at, SHORT_LANES) : 0;
    int end = length + shift;
    // Behind a row can be loaded what lies before the second element of the fourth that follows: of
    // rows of two, seven elements. No more are ever asked for.
    int followed = vector_step >= length && vector + 4 < end_vector;
    int slack = length > 1 ? 7 : 4;
    row_t row = {at - shift, shift, end, followed ? end + slack : end};
    state = lanes_of(row, lane, context);
  }
  FOLD_TEAM(result, state, SHORT_TEAM);
  if (lane == 0 && vector < end_vector) {
    R(save)(result, out, vector, out_stride);
  }
}
