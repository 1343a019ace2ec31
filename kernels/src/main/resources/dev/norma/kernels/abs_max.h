// ABS_MAX: the largest |x|, as the largest of the bits: no NaN is lost.
typedef bits_t abs_max_state;
typedef int abs_max_context;

INLINE abs_max_context abs_max_prepare(double scale, double exponent) { return 0; }
INLINE abs_max_state abs_max_neutral(void) { return 0; }
INLINE abs_max_state abs_max_fold(abs_max_state a, abs_max_state b) { return a > b ? a : b; }
INLINE abs_max_state abs_max_add(abs_max_state max, bits_t x, abs_max_context none) {
  return max > x ? max : x;
}
INLINE void abs_max_save(abs_max_state max, GLOBAL u64 *out, index_t at, index_t stride) {
  out[at] = max;
}
INLINE abs_max_state abs_max_load(GLOBAL const u64 *in, index_t at, index_t stride) {
  return (abs_max_state) in[at];
}
