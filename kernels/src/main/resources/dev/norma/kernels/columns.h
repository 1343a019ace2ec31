// Vectors side by side: columns of a matrix, read along its rows. The vectors come in runs of
// "run" neighbours (all of them, for a matrix); vector v is column v % run of run v / run.
//
// A group takes 32 neighbouring columns and a chunk of rows. Work-item (x, y) of 32 x 8 has the
// lanes y, y + 8, y + 16 and y + 24 of column x, so that the 32 work-items of a warp read 32
// neighbouring elements. The state of chunk c of vector v goes to out[(out_chunk + c) * out_row +
// v + out_first].
INLINE state_t add_row(
    state_t state, GLOBAL const element_t *column, index_t row_step, int row, int rows,
    context_t context) {
  return row < rows ? R(add)(state, bits_of(column[row * row_step]), context) : state;
}

KERNEL(COLUMN_GROUP) void reduce_columns(
    GLOBAL const element_t *elements,
    index_t offset,        // of column 0 of run 0, which may lie before the memory at hand
    index_t run_step,
    index_t row_step,
    index_t length,        // of a vector: the number of rows
    index_t run,
    index_t tiles,         // of a run, of 32 columns each
    index_t first_run,     // of which there is something to do
    index_t chunks,
    index_t first_vector,  // the number of the first vector at hand, from column 0 of run 0 on
    index_t count,
    GLOBAL const double *scales, // of the vectors, from out_first on, if scaled
    int scaled,
    double exponent,
    GLOBAL u64 *out,
    index_t out_stride,
    index_t out_row,
    index_t out_chunk,
    index_t out_first) {
  EXCHANGE(state_t, COLUMN_GROUP);
  index_t panel = GROUP_ID / tiles;
  index_t tile = GROUP_ID - panel * tiles;
  index_t at_run = panel / chunks;
  index_t chunk = panel - at_run * chunks;
  at_run += first_run;
  int y = LOCAL_ID >> 5;
  index_t x = tile * 32 + (LOCAL_ID & 31);
  index_t vector = at_run * run + x - first_vector;
  int mine = x < run && vector >= 0 && vector < count;
  state_t state0 = R(neutral)();
  state_t state1 = R(neutral)();
  state_t state2 = R(neutral)();
  state_t state3 = R(neutral)();
  if (mine) {
    context_t context = R(prepare)(scaled ? scales[out_first + vector] : 1.0, exponent);
    GLOBAL const element_t *column =
        elements + (offset + at_run * run_step + x + chunk * CHUNK * row_step);
    index_t rest = length - chunk * CHUNK;
    int rows = (int) (rest < CHUNK ? rest : CHUNK);
    int row = y;
    for (; row < rows - 56; row += 64) { // two of each lane under way
      element_t x0 = column[row * row_step];
      element_t x1 = column[(row + 8) * row_step];
      element_t x2 = column[(row + 16) * row_step];
      element_t x3 = column[(row + 24) * row_step];
      element_t x4 = column[(row + 32) * row_step];
      element_t x5 = column[(row + 40) * row_step];
      element_t x6 = column[(row + 48) * row_step];
      element_t x7 = column[(row + 56) * row_step];
      state0 = R(add)(R(add)(state0, bits_of(x0), context), bits_of(x4), context);
      state1 = R(add)(R(add)(state1, bits_of(x1), context), bits_of(x5), context);
      state2 = R(add)(R(add)(state2, bits_of(x2), context), bits_of(x6), context);
      state3 = R(add)(R(add)(state3, bits_of(x3), context), bits_of(x7), context);
    }
    for (; row < rows; row += 32) {
      state0 = add_row(state0, column, row_step, row, rows, context);
      state1 = add_row(state1, column, row_step, row + 8, rows, context);
      state2 = add_row(state2, column, row_step, row + 16, rows, context);
      state3 = add_row(state3, column, row_step, row + 24, rows, context);
    }
  }
  state0 = R(fold)(state0, state2); // lanes y and y + 16
  state1 = R(fold)(state1, state3);
  state0 = R(fold)(state0, state1); // lanes y and y + 8
  for (int distance = 4; distance > 0; distance /= 2) {
    state_t above;
    FROM_ABOVE(above, state0, distance * 32);
    state0 = R(fold)(state0, above);
  }
  if (mine && y == 0) {
    R(save)(state0, out, (out_chunk + chunk) * out_row + out_first + vector, out_stride);
  }
}
