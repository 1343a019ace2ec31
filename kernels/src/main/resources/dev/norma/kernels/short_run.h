// A function of short rows that touch, written to rows that touch. A team would have little to do in
// a row, and would ask for sectors that the next one asks for too. So a group copies its rows to
// local memory as they lie, each work-item takes rows of its own there, and they are copied back, in
// whole sectors if they are written where they begin in the same place of one. What is before and
// behind the rows may be written by others at the same time.

// The elements that are copied: those of the group's rows, which begin "low" behind a sector.
typedef struct {
  int low;
  int high;
} span_t;

INLINE s32x4 numbers_in(span_t span, int i, int gap) {
  s32x4 number = {i, i + 1, i + gap, i + gap + 1};
  number = number < (s32x4) (span.low) ? (s32x4) (-1) : number;
  return number < (s32x4) (span.high) ? number : (s32x4) (-1);
}

INLINE int is_first_pair(s32x4 number) {
  return number.x >= 0 && number.y >= 0 && number.z < 0;
}

ALWAYS_INLINE elements_t elements_in_span(GLOBAL const element_t *from, span_t span, int i) {
  s32x4 number = numbers_in(span, i, STAGED_GAP);
#ifdef IN_PAIRS
  if (is_first_pair(number)) {
    return ALIGNED_AT(from + i, 0); // twice
  }
#endif
  return number.x >= 0 && number.w >= 0 ? ALIGNED_AT(from + i, STAGED_GAP)
                                        : numbered(from, number);
}

ALWAYS_INLINE void copy_in(tile_t tile, int together, GLOBAL const element_t *from, span_t span) {
  int i = FIRST_LANE(LOCAL_ID);
  places_t to;
  set_places(&to, tile, i);
  int block = TILE_PLACE(STAGED_BLOCK, tile.left_out);
  int further = 0;
  if (span.low > 0) { // all of the group go the same way
    set_staged(to, together, further, elements_in_span(from, span, i));
    i += STAGED_BLOCK;
    further += block;
  }
  copy_whole(to, together, block, from, &i, &further, span.high);
  for (; i < span.high; i += STAGED_BLOCK) {
    set_staged(to, together, further, elements_in_span(from, span, i));
    further += block;
  }
}

ALWAYS_INLINE void copy_out(tile_t tile, int together, GLOBAL element_t *to, span_t span) {
  int i = FIRST_LANE(LOCAL_ID);
  places_t from;
  set_places(&from, tile, i);
  int further = 0;
  for (; i < span.high; i += STAGED_BLOCK) {
    elements_t y = staged_four(from, together, further);
    s32x4 number = numbers_in(span, i, STAGED_GAP);
    if (number.x >= 0 && number.w >= 0) {
      SET_ALIGNED_AT(to + i, STAGED_GAP, y);
#ifdef IN_PAIRS
    } else if (is_first_pair(number)) {
      SET_ALIGNED_AT(to + i, 0, y.xyxy);
#endif
    } else {
      set_numbered(to, number, y);
    }
    further += TILE_PLACE(STAGED_BLOCK, tile.left_out);
  }
}

ALWAYS_INLINE elements_t new_values(run_t run, elements_t x) {
  if (IN_BINARY32(run.context)) {
    return BINARY32_VALUES_OF(x, run.context);
  }
  return elements_of(values_of(run, x));
}

// Takes a row of n elements, from number "begin" of the tile on.
ALWAYS_INLINE void take_row(run_t run, tile_t tile, int begin, int n) {
  for (int i = 0; i < n; i += IN_VECTOR) {
    LOCAL element_t *at = in_tile(tile, begin + i);
    int count = n - i;
    elements_t x = count >= IN_VECTOR ? staged_at(at, tile.aligned) : last_staged(at, count);
    elements_t y = new_values(run, x);
    if (count >= IN_VECTOR && tile.aligned) {
      SET_LOCAL_VECTOR(at, y);
    } else {
      set_first(at, y, count);
    }
  }
}

KERNEL(ROW_GROUP) void apply_short(
    GLOBAL const element_t *x,
    index_t x_start,                   // of the first row at hand
    GLOBAL const double *coefficients, // number k of row v is at k * count + v
    index_t count,
    double exponent,
    GLOBAL element_t *out,
    index_t out_start,
    index_t first,                     // the number of the first row at hand
    index_t vectors,                   // so many are at hand
    int length,                        // with so many elements
    int each) {                        // so many are for a group, which fit the tile
  TILE(element_t, TILE_ROOM);
  index_t from = GROUP_ID * each;
  index_t left = vectors - from;
  int rows = left < each ? (int) left : each;
  GLOBAL const element_t *at = x + (x_start + from * length);
  int shift = SHIFT_OF(at, IN_SECTOR);
  tile_t room;
  set_tile(&room, tile, length, shift);
  span_t span = {shift, shift + rows * length};
  if (room.later == 0) {
    copy_in(room, 1, at - shift, span);
  } else {
    copy_in(room, 0, at - shift, span);
  }
  BARRIER;
  run_t run;
  for (int i = LOCAL_ID; i < rows; i += ROW_GROUP) {
    function_prepare(&run.context, coefficients + (first + from + i), count, exponent);
    take_row(run, room, shift + room.later + i * length, length);
  }
  BARRIER;
  GLOBAL element_t *to = out + (out_start + from * length) - shift;
  if (room.later == 0) {
    copy_out(room, 1, to, span);
  } else {
    copy_out(room, 0, to, span);
  }
}
