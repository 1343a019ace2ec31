// The values of a function of short rows take the place of x in memory of the group, and are copied
// from there.
ALWAYS_INLINE elements_t new_values(
    elements_t x, LOCAL const element_t *beside, int count, staged_t row, int adds,
    function_context context) {
  if (!adds && IN_BINARY32(context)) {
    return BINARY32_VALUES_OF(x, context);
  }
#if defined(BOUND_BY_ARITHMETIC) || defined(OF_TWO)
  // A sum that is not used costs less than a power that is computed twice.
  f64x4 w = (f64x4) (0.0);
  if (row.beside > 0) {
    w = numbers_of(next_staged(beside, row.tile.aligned, count));
  }
  f64x4 y = function_of(numbers_of(x), w, context);
  return elements_of(adds ? y + w : y);
#else
  f64x4 y = function_of(numbers_of(x), (f64x4) (0.0), context);
  if (adds) {
    y = y + numbers_of(next_staged(beside, row.tile.aligned, count));
  }
  return elements_of(y);
#endif
}

// So many work-items take a row, of those that a group has.
#define PARTS(rows) ((rows) < ROW_GROUP ? ROW_GROUP / (rows) : 1)

ALWAYS_INLINE void finish_row(
    staged_t row, int part, int parts, int adds, function_context context, GLOBAL element_t *out,
    index_t at, index_t stride) {
  for (int i = part * AT_ONCE; i < row.n; i += parts * AT_ONCE) {
    LOCAL element_t *from = in_tile(row.tile, row.begin + i);
    int count = row.n - i;
    elements_t x = next_staged(from, row.tile.aligned, count);
    elements_t y = new_values(x, from + row.beside, count, row, adds, context);
    set_next(from, y, row.tile.aligned, count);
  }
}

ALWAYS_INLINE void finish_rows(tile_t tile, int begin, GLOBAL element_t *to, int n) {
  BARRIER;
  put_rows(tile, begin, to, n);
}
