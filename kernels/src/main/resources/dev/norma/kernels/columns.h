// Vectors side by side: columns of a matrix, read along its rows. The vectors come in runs of
// "run" neighbours (all of them, for a matrix); vector v is column v % run of run v / run.
//
// A group takes 32 neighbouring columns and a chunk of rows. Work-item (x, y) of 32 x 8 has the
// lanes y, y + 8, y + 16 and y + 24 of column x, so that the 32 work-items of a warp read 32
// neighbouring elements. The state of chunk c of vector v goes to out[(out_chunk + c) * out_row +
// v + out_first].
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
  EXCHANGE(lane_t, COLUMN_GROUP);
  index_t panel = GROUP_ID / tiles;
  index_t tile = GROUP_ID - panel * tiles;
  index_t at_run = panel / chunks;
  index_t chunk = panel - at_run * chunks;
  at_run += first_run;
  int y = LOCAL_ID >> 5;
  index_t x = tile * 32 + (LOCAL_ID & 31);
  index_t vector = at_run * run + x - first_vector;
  int mine = x < run && vector >= 0 && vector < count;
  state_t state = R(neutral)();
  if (mine) {
    context_t context = R(prepare)(scaled ? scales[out_first + vector] : 1.0, exponent);
    GLOBAL const element_t *column =
        elements + (offset + at_run * run_step + x + chunk * CHUNK * row_step);
    index_t rest = length - chunk * CHUNK;
    int rows = (int) (rest < CHUNK ? rest : CHUNK);
    index_t next = 8 * row_step; // from one lane to the next
    int row = y;
    for (; row < rows - 56; row += 64) { // two of each lane under way
      GLOBAL const element_t *at = column + row * row_step;
      elements_t x0 = strided_elements(at, next, 2);
      elements_t x1 = strided_elements(at + 4 * next, next, 2);
      state = add_elements(state, x0, context);
      state = add_elements(state, x1, context);
    }
    for (; row < rows; row += 32) {
      int count = (rows - row + 7) / 8;
      state = add_some(state, column + row * row_step, next, 2, count, context);
    }
  }
  lane_t lane = fold_four(state);
  for (int distance = 4; distance > 0; distance /= 2) {
    lane_t above;
    FROM_ABOVE(above, lane, distance * 32);
    lane = fold_two(lane, above);
  }
  if (mine && y == 0) {
    R(save)(lane, out, (out_chunk + chunk) * out_row + out_first + vector, out_stride);
  }
}
