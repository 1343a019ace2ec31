// ABS_SUM: the sum of |x|.
typedef sum_t abs_sum_state;
typedef sum_lane abs_sum_lane;
typedef factor_t abs_sum_context;

INLINE abs_sum_context abs_sum_prepare(double scale, double exponent) {
  return factor_of(scale, exponent);
}
INLINE abs_sum_state abs_sum_neutral(void) { return sum_neutral(); }
INLINE abs_sum_state abs_sum_fold(abs_sum_state a, abs_sum_state b) { return sum_fold(a, b); }
INLINE abs_sum_state abs_sum_add(
    abs_sum_state sum, bits_t x, bits_t present, abs_sum_context factor) {
#ifdef WIDE
  return pair_add(sum, value_of(x) * factor, (f64x4) (0.0));
#else
  return sum + value_of(x);
#endif
}
INLINE abs_sum_state abs_sum_turned(abs_sum_state sum) { return sum_turned(sum); }
INLINE abs_sum_lane abs_sum_first(abs_sum_state sum) { return sum_first(sum); }
INLINE abs_sum_state abs_sum_four(
    abs_sum_lane a, abs_sum_lane b, abs_sum_lane c, abs_sum_lane d) {
  return sum_four(a, b, c, d);
}
INLINE void abs_sum_save(abs_sum_lane sum, GLOBAL u64 *out, index_t at, index_t stride) {
  sum_save(sum, out, at, stride);
}
INLINE abs_sum_lane abs_sum_load(GLOBAL const u64 *in, index_t at, index_t stride) {
  return sum_load(in, at, stride);
}
