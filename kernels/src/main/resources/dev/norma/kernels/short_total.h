// The values of a function of short rows, or their products with a second operand, summed.

// What adding terms to no others gives: no error, but never -0.
INLINE pair_t pair_of(pair_t term) {
  pair_t sum = {0.0 + term.hi, 0.0 + term.lo};
  return sum;
}

ALWAYS_INLINE void add_staged(state_t *state, staged_t row, int i, context_t context) {
  LOCAL const element_t *at = in_tile(row.tile, row.begin + i);
  int count = row.n - i;
  f64x4 x = numbers_of(next_staged(at, row.tile.aligned, count));
  f64x4 y = function_of(x, (f64x4) (0.0), context);
  pair_t terms = {y, (f64x4) (0.0)};
  if (row.beside > 0) {
    terms = products(y, numbers_of(next_staged(at + row.beside, row.tile.aligned, count)));
  }
  if (count < AT_ONCE) {
    terms = terms_between(terms, 2, 0, count);
  }
  if (i < LANES) {
    *state = pair_of(terms);
  } else {
    *state = pair_add(*state, terms.hi, terms.lo);
  }
}

#define PARTS(rows) 1 // a work-item takes a row

ALWAYS_INLINE void finish_row(
    staged_t row, int part, int parts, int adds, function_context context, GLOBAL u64 *out,
    index_t at, index_t stride) {
  state_t state;
  SET_ROW(&state, row, 0, context);
  total_save(LANE_OF(state), out, at, stride);
}

INLINE void finish_rows(tile_t tile, int begin, GLOBAL u64 *to, int n) {}
