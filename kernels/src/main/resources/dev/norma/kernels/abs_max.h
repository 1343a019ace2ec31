// ABS_MAX: the largest |x|, as the largest of the bits: no NaN is lost.
typedef bits_t abs_max_state;
typedef bits_lane abs_max_lane;
typedef int abs_max_context;

INLINE abs_max_context abs_max_prepare(double scale, double exponent) { return 0; }
INLINE abs_max_state abs_max_neutral(void) { return (bits_t) (0); }
INLINE abs_max_state abs_max_fold(abs_max_state a, abs_max_state b) { return a > b ? a : b; }
INLINE abs_max_state abs_max_add(
    abs_max_state max, bits_t x, bits_t present, abs_max_context none) {
  return max > x ? max : x;
}
INLINE abs_max_state abs_max_turned(abs_max_state max) { return max.yzwx; }
INLINE abs_max_lane abs_max_first(abs_max_state max) { return max.x; }
INLINE abs_max_state abs_max_four(
    abs_max_lane a, abs_max_lane b, abs_max_lane c, abs_max_lane d) {
  abs_max_state max = {a, b, c, d};
  return max;
}
INLINE void abs_max_save(abs_max_lane max, GLOBAL u64 *out, index_t at, index_t stride) {
  out[at] = max;
}
INLINE abs_max_lane abs_max_load(GLOBAL const u64 *in, index_t at, index_t stride) {
  return (abs_max_lane) in[at];
}
