// NONZERO_COUNT: how many elements are not zero; a NaN is not.
typedef u64 nonzero_count_state;
typedef int nonzero_count_context;

INLINE nonzero_count_context nonzero_count_prepare(double scale, double exponent) { return 0; }
INLINE nonzero_count_state nonzero_count_neutral(void) { return 0; }
INLINE nonzero_count_state nonzero_count_fold(nonzero_count_state a, nonzero_count_state b) {
  return a + b;
}
INLINE nonzero_count_state nonzero_count_add(
    nonzero_count_state count, bits_t x, nonzero_count_context none) {
  return count + (x != 0);
}
INLINE void nonzero_count_save(
    nonzero_count_state count, GLOBAL u64 *out, index_t at, index_t stride) {
  out[at] = count;
}
INLINE nonzero_count_state nonzero_count_load(GLOBAL const u64 *in, index_t at, index_t stride) {
  return in[at];
}
