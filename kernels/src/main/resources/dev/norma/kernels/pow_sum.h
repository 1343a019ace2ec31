// POW_SUM: the sum of (|x| / scale)^p, where no term exceeds 1.
#define BOUND_BY_ARITHMETIC // so much that no second copy of it is worth a simpler loop
#define LOWEST_LOG2 -960.0 // terms below 2 to this cannot be seen beside the term 1

typedef pair_t pow_sum_state;
typedef pair_lane pow_sum_lane;
typedef struct {
  f64x4 p;
  power_scale scale;
} pow_sum_context;

INLINE pow_sum_context pow_sum_prepare(double scale, double exponent) {
  pow_sum_context context;
  context.p = (f64x4) (exponent);
  mantissa_t parts = mantissa_of((f64x4) (scale), (u64x4) (0), (f64x4) (EXPONENT_BIAS));
  context.scale = power_scale_of(parts.m, (f64x4) (0.0), parts.exponent);
  return context;
}

INLINE pair_t power_terms(f64x4 x, pow_sum_context context) {
  pair_t product = log2_of_power(x, context.scale, context.p);
  f64x4 y = product.hi + product.lo;
  f64x4 y_lo = product.lo - (y - product.hi);
  f64x4 moved = y + ROUND_TO_INTEGER;
  pair_t fraction = exp2_of(y - (moved - ROUND_TO_INTEGER), y_lo);
  u64x4 power = (BITS_OF_F64(moved) << 52) + ONE_BITS;
  // Above 1 leads only a vector that nobody asks for.
  u64x4 above = MASK_64(y > 0.0);
  u64x4 seen = MASK_64(y >= LOWEST_LOG2) & MASK_64(x != 0.0)
      & MASK_64(BITS_OF_F64(x) != 0x7FF0000000000000UL);
  f64x4 none = (f64x4) (0.0);
  pair_t terms;
  terms.hi = above ? (f64x4) (1.0) : fraction.hi * F64_OF_BITS(power);
  terms.lo = above ? none : fraction.lo * F64_OF_BITS(power);
  terms.hi = seen ? terms.hi : none;
  terms.lo = seen ? terms.lo : none;
  return terms;
}

INLINE pow_sum_state pow_sum_neutral(void) { return pair_neutral(); }
INLINE pow_sum_state pow_sum_fold(pow_sum_state a, pow_sum_state b) { return pair_fold(a, b); }
INLINE pow_sum_state pow_sum_add(
    pow_sum_state sum, bits_t x, bits_t present, pow_sum_context context) {
  pair_t terms = power_terms(value_of(x), context);
  return pair_add(sum, terms.hi, terms.lo);
}
INLINE pow_sum_state pow_sum_turned(pow_sum_state sum) { return pair_turned(sum); }
INLINE pow_sum_lane pow_sum_first(pow_sum_state sum) { return pair_first(sum); }
INLINE pow_sum_state pow_sum_four(
    pow_sum_lane a, pow_sum_lane b, pow_sum_lane c, pow_sum_lane d) {
  return pair_four(a, b, c, d);
}
INLINE void pow_sum_save(pow_sum_lane sum, GLOBAL u64 *out, index_t at, index_t stride) {
  pair_save(sum, out, at, stride);
}
INLINE pow_sum_lane pow_sum_load(GLOBAL const u64 *in, index_t at, index_t stride) {
  return pair_load(in, at, stride);
}
