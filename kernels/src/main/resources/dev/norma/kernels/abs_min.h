// ABS_MIN: the smallest |x|, as the largest distance of the bits from those of infinity, modulo
// LARGEST_BITS + 1: smaller numbers are farther away, and every NaN is the farthest.
typedef bits_t abs_min_state;
typedef int abs_min_context;

INLINE abs_min_context abs_min_prepare(double scale, double exponent) { return 0; }
INLINE abs_min_state abs_min_neutral(void) { return 0; }
INLINE abs_min_state abs_min_fold(abs_min_state a, abs_min_state b) { return a > b ? a : b; }
INLINE abs_min_state abs_min_add(abs_min_state max, bits_t x, abs_min_context none) {
  bits_t distance = (INFINITY_BITS - x) & LARGEST_BITS;
  return max > distance ? max : distance;
}
INLINE void abs_min_save(abs_min_state max, GLOBAL u64 *out, index_t at, index_t stride) {
  out[at] = max;
}
INLINE abs_min_state abs_min_load(GLOBAL const u64 *in, index_t at, index_t stride) {
  return (abs_min_state) in[at];
}
