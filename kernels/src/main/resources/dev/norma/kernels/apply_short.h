// A function of short rows that touch. A team would have little to do in a row, and would ask for
// sectors that the next one asks for too. So a group copies its rows to its memory as they lie, each
// work-item takes rows of its own there, or a part of one where there are few, and what is written is
// copied back, in whole sectors.
//
// A second operand, or what values are added to, lies in the other half of the tile, row for row
// beside x.
#define HALF_TILE (IN_BANKS + TILE_BYTES / 2 / ELEMENT_BYTES + BESIDE + 2)
#define BESIDE_X (TILE_PLACE(HALF_TILE, IN_VECTOR) / IN_BANKS * IN_BANKS + IN_BANKS)

KERNEL(ROW_GROUP) void apply_short(
    GLOBAL const element_t *x,
    index_t x_start,                   // of the first row at hand
    GLOBAL const element_t *second,    // if has_second; if adds, where values go
    index_t second_start,
    GLOBAL const double *coefficients, // number k of row v is at k * count + v
    index_t count,
    double exponent,
    int has_second,
    int adds,
    GLOBAL result_t *out,
    index_t out_start,                 // of the first row at hand, but of sums, of row 0
    index_t out_stride,
    index_t first,                     // the number of the first row at hand
    index_t vectors,                   // so many are at hand
    int length,                        // with so many elements
    int each) {                        // so many are for a group, which fit the tile
  TILE(element_t, 2 * BESIDE_X);
  index_t from = GROUP_ID * each;
  index_t left = vectors - from;
  int rows = left < each ? (int) left : each;
  int n = rows * length;
  GLOBAL const element_t *at = x + (x_start + from * length);
  tile_t room;
  int shift = SHIFT_OF(at, IN_SECTOR);
  set_tile(&room, tile, length, shift);
  // Rows begin at vectors, or where x is copied as vectors. What lies before those of any operand in
  // its first sector has a place too.
  int begin = IN_BANKS + (room.aligned ? 0 : shift % IN_VECTOR);
  take_rows(room, begin, at, n);
  if (has_second) {
    tile_t other = room;
    other.at += BESIDE_X;
    take_rows(other, begin, second + (second_start + from * length), n);
  }
  BARRIER;
  int parts = PARTS(each);
  for (int i = LOCAL_ID / parts; i < rows; i += ROW_GROUP / parts) {
    function_context context;
    function_prepare(&context, coefficients + (first + from + i), count, exponent);
    staged_t row = {room, begin + i * length, length, has_second ? BESIDE_X : 0};
    finish_row(row, LOCAL_ID & (parts - 1), parts, adds, context, out, out_start + first + from + i, out_stride);
  }
  finish_rows(room, begin, out + (out_start + from * length), n);
}
