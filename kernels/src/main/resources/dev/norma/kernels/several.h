// The five primitives that are bound by memory, together: one pass for any two or more of them.
typedef struct {
  nonzero_count_state count;
  abs_sum_state sum;
  square_sum_state squares;
  abs_max_state max;
  abs_min_state min;
} several_state;
typedef factor_t several_context;

INLINE several_context several_prepare(double scale, double exponent) {
  return factor_of(scale, exponent);
}
INLINE several_state several_neutral(void) {
  several_state all;
  all.count = nonzero_count_neutral();
  all.sum = abs_sum_neutral();
  all.squares = square_sum_neutral();
  all.max = abs_max_neutral();
  all.min = abs_min_neutral();
  return all;
}
INLINE several_state several_fold(several_state a, several_state b) {
  a.count = nonzero_count_fold(a.count, b.count);
  a.sum = abs_sum_fold(a.sum, b.sum);
  a.squares = square_sum_fold(a.squares, b.squares);
  a.max = abs_max_fold(a.max, b.max);
  a.min = abs_min_fold(a.min, b.min);
  return a;
}
INLINE several_state several_add(several_state all, bits_t x, several_context factor) {
  all.count = nonzero_count_add(all.count, x, 0);
  all.sum = abs_sum_add(all.sum, x, factor);
  all.squares = square_sum_add(all.squares, x, factor);
  all.max = abs_max_add(all.max, x, 0);
  all.min = abs_min_add(all.min, x, 0);
  return all;
}
INLINE void several_save(several_state all, GLOBAL u64 *out, index_t at, index_t stride) {
  nonzero_count_save(all.count, out, at, stride);
  abs_sum_save(all.sum, out, at + stride, stride);
  square_sum_save(all.squares, out, at + (1 + SUM_SLOTS) * stride, stride);
  abs_max_save(all.max, out, at + (1 + 2 * SUM_SLOTS) * stride, stride);
  abs_min_save(all.min, out, at + (2 + 2 * SUM_SLOTS) * stride, stride);
}
INLINE several_state several_load(GLOBAL const u64 *in, index_t at, index_t stride) {
  several_state all;
  all.count = nonzero_count_load(in, at, stride);
  all.sum = abs_sum_load(in, at + stride, stride);
  all.squares = square_sum_load(in, at + (1 + SUM_SLOTS) * stride, stride);
  all.max = abs_max_load(in, at + (1 + 2 * SUM_SLOTS) * stride, stride);
  all.min = abs_min_load(in, at + (2 + 2 * SUM_SLOTS) * stride, stride);
  return all;
}
