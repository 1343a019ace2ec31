// NONZERO_COUNT: how many elements are not zero; a NaN is not.
typedef u64x4 nonzero_count_state;
typedef u64 nonzero_count_lane;
typedef int nonzero_count_context;

INLINE nonzero_count_context nonzero_count_prepare(double scale, double exponent) { return 0; }
INLINE nonzero_count_state nonzero_count_neutral(void) { return (u64x4) (0); }
INLINE nonzero_count_state nonzero_count_fold(nonzero_count_state a, nonzero_count_state b) {
  return a + b;
}
INLINE nonzero_count_state nonzero_count_add(
    nonzero_count_state count, bits_t x, bits_t present, nonzero_count_context none) {
  return count - U64_OF_MASK(x != 0); // true is -1
}
INLINE nonzero_count_state nonzero_count_turned(nonzero_count_state count) { return count.yzwx; }
INLINE nonzero_count_lane nonzero_count_first(nonzero_count_state count) { return count.x; }
INLINE nonzero_count_state nonzero_count_four(
    nonzero_count_lane a, nonzero_count_lane b, nonzero_count_lane c, nonzero_count_lane d) {
  nonzero_count_state count = {a, b, c, d};
  return count;
}
INLINE void nonzero_count_save(
    nonzero_count_lane count, GLOBAL u64 *out, index_t at, index_t stride) {
  out[at] = count;
}
INLINE nonzero_count_lane nonzero_count_load(GLOBAL const u64 *in, index_t at, index_t stride) {
  return in[at];
}
