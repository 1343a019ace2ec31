// ABS_MIN: the smallest |x|, as the largest distance of the bits from those of infinity, modulo
// LARGEST_BITS + 1: smaller numbers are farther away, and every NaN is the farthest.
typedef bits_t abs_min_state;
typedef bits_lane abs_min_lane;
typedef int abs_min_context;

INLINE abs_min_context abs_min_prepare(double scale, double exponent) { return 0; }
INLINE abs_min_state abs_min_neutral(void) { return (bits_t) (0); }
INLINE abs_min_state abs_min_fold(abs_min_state a, abs_min_state b) { return a > b ? a : b; }
INLINE abs_min_state abs_min_add(
    abs_min_state max, bits_t x, bits_t present, abs_min_context none) {
  bits_t distance = (INFINITY_BITS - x) & LARGEST_BITS & present;
  return max > distance ? max : distance;
}
INLINE abs_min_state abs_min_turned(abs_min_state max) { return max.yzwx; }
INLINE abs_min_lane abs_min_first(abs_min_state max) { return max.x; }
INLINE abs_min_state abs_min_four(
    abs_min_lane a, abs_min_lane b, abs_min_lane c, abs_min_lane d) {
  abs_min_state max = {a, b, c, d};
  return max;
}
INLINE void abs_min_save(abs_min_lane max, GLOBAL u64 *out, index_t at, index_t stride) {
  out[at] = max;
}
INLINE abs_min_lane abs_min_load(GLOBAL const u64 *in, index_t at, index_t stride) {
  return (abs_min_lane) in[at];
}
