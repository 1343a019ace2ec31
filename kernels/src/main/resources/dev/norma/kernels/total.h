// The values of a function of x are summed, or their products with the second operand.
typedef pair_t total_state;
typedef pair_lane total_lane;
typedef u64 total_result;
typedef function_context total_context;

#define STATES(size) EXCHANGE(total_state, size)

// The sum of the lanes of a team of work-items, which the first one saves; all of a group call it
// together. They are "apart" from each other, or, where that is 1, neighbours in a warp.
#define FINISH(state, team, apart, whole, at)                    \
  state = fold_far_pairs(state);                                 \
  for (int distance = (team) / 2; distance > 0; distance /= 2) { \
    total_state above;                                           \
    if ((apart) == 1) {                                          \
      FROM_LANE_ABOVE(above, state, distance);                   \
    } else {                                                     \
      FROM_ABOVE(above, state, distance * (apart));              \
    }                                                            \
    state = total_fold(state, above);                            \
  }                                                              \
  total_lane sum = fold_near_lanes(state);                       \
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

// The products of values with those of a second operand, and their errors. Of a sum that is not
// finite the second part means nothing.
INLINE pair_t products(f64x4 y, f64x4 w) {
  f64x4 product = y * w;
  pair_t exact = {product, fma(y, w, -product)};
  return exact;
}

// Of four terms, those from number "first" on that are among "count"; the others are zero.
INLINE pair_t terms_between(pair_t terms, int gap, int first, int count) {
  f64x4 number = {0.0, 1.0, (double) gap, (double) gap + 1.0};
  u64x4 present = MASK_64(number < (double) count) & MASK_64(number >= (double) first);
  f64x4 none = (f64x4) (0.0);
  terms.hi = present ? terms.hi : none;
  terms.lo = present ? terms.lo : none;
  return terms;
}

// Operands that are neighbours, each as far behind a sector, are loaded from where they are aligned
// on, so many elements before the first: see add_lanes.
INLINE int shift_of(operands_t o, index_t from, int lanes) {
  int shift = SHIFT_OF(o.x + (o.x_place.start + from), lanes);
  int alike = !o.has_second
      || (is_line(o.second_place)
          && SHIFT_OF(o.second + (o.second_place.start + from), lanes) == shift);
  return is_line(o.x_place) && alike ? shift : 0;
}

// Four of n elements from number i on, which may be before the first. Others may be anything.
INLINE elements_t lanes_at(
    GLOBAL const element_t *x, place_t place, operands_t o, index_t from, int i, int n) {
  if (i >= n) {
    return (elements_t) (0);
  }
  GLOBAL const element_t *at = x + (place.start + (from + i));
  if (is_line(place) && IS_ALIGNED(at)) {
    return readable_elements(at, o.gap, n - i + SHIFT_OF(at, IN_SECTOR), n - i + o.slack);
  }
  return elements_in(x, place, from + i, o.gap, n - i);
}

INLINE elements_t second_lanes_at(operands_t o, index_t from, int i, int n) {
  return o.has_second ? lanes_at(o.second, o.second_place, o, from, i, n) : (elements_t) (0);
}

INLINE total_state total_take(
    total_state sum, operands_t o, elements_t x, elements_t second, int i, int n,
    function_context context) {
  f64x4 y = function_of(numbers_of(x), (f64x4) (0.0), context);
  pair_t terms = {y, (f64x4) (0.0)};
  if (o.has_second) {
    terms = products(y, numbers_of(second));
  }
  if (i < 0 || n - i < o.gap + 2) {
    terms = terms_between(terms, o.gap, -i, n - i);
  }
  return pair_add(sum, terms.hi, terms.lo);
}

// A team takes elements in order, each work-item four at a time, and those a team further. All eight
// are loaded before the first is needed, so that enough loads are under way to hide their latency;
// what arithmetic binds has no registers for them.
INLINE total_state take_lanes(
    total_state state, operands_t o, GLOBAL u64 *out, function_context context, index_t from,
    int n, int lane, int team) {
  int i = lane - shift_of(o, from, 4 * team);
  while (i < n) {
    elements_t x = lanes_at(o.x, o.x_place, o, from, i, n);
    elements_t second = second_lanes_at(o, from, i, n);
    int next = i + 4 * team;
#ifdef BOUND_BY_ARITHMETIC
    state = total_take(state, o, x, second, i, n, context);
#else
    elements_t further = lanes_at(o.x, o.x_place, o, from, next, n);
    elements_t further_second = second_lanes_at(o, from, next, n);
    AFTER_LOADS;
    state = total_take(state, o, x, second, i, n, context);
    if (next < n) {
      state = total_take(state, o, further, further_second, next, n, context);
    }
    next += 4 * team;
#endif
    i = next;
  }
  return state;
}
