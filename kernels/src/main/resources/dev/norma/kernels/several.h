// The five primitives that are bound by memory, together: one pass for any two or more of them.
typedef struct {
  nonzero_count_state count;
  abs_sum_state sum;
  square_sum_state squares;
  abs_max_state max;
  abs_min_state min;
} several_state;
typedef struct {
  nonzero_count_lane count;
  abs_sum_lane sum;
  square_sum_lane squares;
  abs_max_lane max;
  abs_min_lane min;
} several_lane;
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
INLINE several_state several_add(
    several_state all, bits_t x, bits_t present, several_context factor) {
  all.count = nonzero_count_add(all.count, x, present, 0);
  all.sum = abs_sum_add(all.sum, x, present, factor);
  all.squares = square_sum_add(all.squares, x, present, factor);
  all.max = abs_max_add(all.max, x, present, 0);
  all.min = abs_min_add(all.min, x, present, 0);
  return all;
}
INLINE several_state several_turned(several_state all) {
  all.count = nonzero_count_turned(all.count);
  all.sum = abs_sum_turned(all.sum);
  all.squares = square_sum_turned(all.squares);
  all.max = abs_max_turned(all.max);
  all.min = abs_min_turned(all.min);
  return all;
}
INLINE several_lane several_first(several_state all) {
  several_lane first;
  first.count = nonzero_count_first(all.count);
  first.sum = abs_sum_first(all.sum);
  first.squares = square_sum_first(all.squares);
  first.max = abs_max_first(all.max);
  first.min = abs_min_first(all.min);
  return first;
}
INLINE several_state several_four(
    several_lane a, several_lane b, several_lane c, several_lane d) {
  several_state all;
  all.count = nonzero_count_four(a.count, b.count, c.count, d.count);
  all.sum = abs_sum_four(a.sum, b.sum, c.sum, d.sum);
  all.squares = square_sum_four(a.squares, b.squares, c.squares, d.squares);
  all.max = abs_max_four(a.max, b.max, c.max, d.max);
  all.min = abs_min_four(a.min, b.min, c.min, d.min);
  return all;
}
INLINE void several_save(several_lane all, GLOBAL u64 *out, index_t at, index_t stride) {
  nonzero_count_save(all.count, out, at, stride);
  abs_sum_save(all.sum, out, at + stride, stride);
  square_sum_save(all.squares, out, at + (1 + SUM_SLOTS) * stride, stride);
  abs_max_save(all.max, out, at + (1 + 2 * SUM_SLOTS) * stride, stride);
  abs_min_save(all.min, out, at + (2 + 2 * SUM_SLOTS) * stride, stride);
}
INLINE several_lane several_load(GLOBAL const u64 *in, index_t at, index_t stride) {
  several_lane all;
  all.count = nonzero_count_load(in, at, stride);
  all.sum = abs_sum_load(in, at + stride, stride);
  all.squares = square_sum_load(in, at + (1 + SUM_SLOTS) * stride, stride);
  all.max = abs_max_load(in, at + (1 + 2 * SUM_SLOTS) * stride, stride);
  all.min = abs_min_load(in, at + (2 + 2 * SUM_SLOTS) * stride, stride);
  return all;
}
