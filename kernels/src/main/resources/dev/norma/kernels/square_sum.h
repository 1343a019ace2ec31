// SQUARE_SUM: the sum of x².
typedef sum_t square_sum_state;
typedef sum_lane square_sum_lane;
typedef factor_t square_sum_context;

INLINE square_sum_context square_sum_prepare(double scale, double exponent) {
  return factor_of(scale, exponent);
}
INLINE square_sum_state square_sum_neutral(void) { return sum_neutral(); }
INLINE square_sum_state square_sum_fold(square_sum_state a, square_sum_state b) { return sum_fold(a, b); }
INLINE square_sum_state square_sum_add(
    square_sum_state sum, bits_t x, bits_t present, square_sum_context factor) {
#ifdef WIDE
  f64x4 scaled = value_of(x) * factor;
  f64x4 square = scaled * scaled;
  return pair_add(sum, square, fma(scaled, scaled, -square));
#else
  f64x4 value = value_of(x);
  return fma(value, value, sum); // the product is exact
#endif
}
INLINE square_sum_state square_sum_turned(square_sum_state sum) { return sum_turned(sum); }
INLINE square_sum_lane square_sum_first(square_sum_state sum) { return sum_first(sum); }
INLINE square_sum_state square_sum_four(
    square_sum_lane a, square_sum_lane b, square_sum_lane c, square_sum_lane d) {
  return sum_four(a, b, c, d);
}
INLINE void square_sum_save(square_sum_lane sum, GLOBAL u64 *out, index_t at, index_t stride) {
  sum_save(sum, out, at, stride);
}
INLINE square_sum_lane square_sum_load(GLOBAL const u64 *in, index_t at, index_t stride) {
  return sum_load(in, at, stride);
}
