// ABS_SUM: the sum of |x|.
typedef sum_t abs_sum_state;
typedef factor_t abs_sum_context;

INLINE abs_sum_context abs_sum_prepare(double scale, double exponent) {
  return factor_of(scale, exponent);
}
INLINE abs_sum_state abs_sum_neutral(void) { return sum_neutral(); }
INLINE abs_sum_state abs_sum_fold(abs_sum_state a, abs_sum_state b) { return sum_fold(a, b); }
INLINE abs_sum_state abs_sum_add(abs_sum_state sum, bits_t x, abs_sum_context factor) {
#ifdef WIDE
  return pair_add(sum, value_of(x) * factor, 0.0);
#else
  return sum + value_of(x);
#endif
}
INLINE void abs_sum_save(abs_sum_state sum, GLOBAL u64 *out, index_t at, index_t stride) {
  sum_save(sum, out, at, stride);
}
INLINE abs_sum_state abs_sum_load(GLOBAL const u64 *in, index_t at, index_t stride) {
  return sum_load(in, at, stride);
}
