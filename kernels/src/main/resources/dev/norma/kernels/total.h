// The values of a function of x are summed, or their products with the second operand.
typedef pair_t total_state;
typedef pair_lane total_lane;
typedef u64 total_result;
typedef function_context total_context;

#define STATES(size) EXCHANGE(total_state, size)

// The sum of the lanes of a team of work-items that are "apart" from each other, which the first
// one saves; all of a group call it together.
#define FINISH(state, team, apart, whole, at)                    \
  state = fold_far_pairs(state);                                 \
  for (int distance = (team) / 2; distance > 0; distance /= 2) { \
    total_state above;                                           \
    FROM_ABOVE(above, state, distance * (apart));                \
    state = total_fold(state, above);                            \
  }                                                              \
  total_lane sum = fold_near_lanes(state);                            \
  if (whole) {                                                   \
    total_save(sum, out, at, out_stride);                        \
  }

INLINE total_state total_neutral(void) { return pair_neutral(); }
INLINE total_state total_fold(total_state a, total_state b) { return pair_fold(a, b); }
INLINE total_state total_turned(total_state sum) { return pair_turned(sum); }
INLINE total_lane total_first(total_state sum) { return pair_first(sum); }
INLINE total_state total_four(total_lane a, total_lane b, total_lane c, total_lane d) {
  return pair_four(a, b, c, d);
}
INLINE void total_save(total_lane sum, GLOBAL u64 *out, index_t at, index_t stride) {
  pair_save(sum, out, at, stride);
}
INLINE total_lane total_load(GLOBAL const u64 *in, index_t at, index_t stride) {
  return pair_load(in, at, stride);
}

// The products of values with those of a second operand, and their errors.
INLINE pair_t products(f64x4 y, f64x4 w) {
  f64x4 product = y * w;
  pair_t exact = {product, fma(y, w, -product)};
  return exact;
}

// The first "count" of four terms; the others are zero.
INLINE pair_t first_terms(pair_t terms, int gap, int count) {
  f64x4 number = {0.0, 1.0, (double) gap, (double) gap + 1.0};
  u64x4 present = MASK_64(number < (double) count);
  f64x4 none = (f64x4) (0.0);
  terms.hi = present ? terms.hi : none;
  terms.lo = present ? terms.lo : none;
  return terms;
}

INLINE total_state total_take(
    total_state sum, operands_t o, elements_t x, GLOBAL u64 *out, index_t i, int count,
    function_context context) {
  f64x4 y = function_of(numbers_of(x), (f64x4) (0.0), context);
  f64x4 w = second_at(o, i, count, 1.0); // of a product with 1, the error is 0
  pair_t terms = first_terms(products(y, w), o.gap, count);
  return pair_add(sum, terms.hi, terms.lo);
}
