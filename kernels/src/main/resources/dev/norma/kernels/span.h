// Rows that touch, copied to memory of a group and back. What is before and behind them may be
// written by others at the same time, and is left alone.

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

// Those of four places that have numbers; what is in the others may not have been written.
ALWAYS_INLINE elements_t staged_numbered(places_t from, int further, s32x4 number) {
  element_t x = number.x < 0 ? 0 : from.x[further];
  element_t y = number.y < 0 ? 0 : from.y[further];
  element_t z = number.z < 0 ? 0 : from.z[further];
  element_t w = number.w < 0 ? 0 : from.w[further];
  elements_t four = {x, y, z, w};
  return four;
}

ALWAYS_INLINE void copy_out(tile_t tile, int together, GLOBAL element_t *to, span_t span) {
  int i = FIRST_LANE(LOCAL_ID);
  places_t from;
  set_places(&from, tile, i);
  int further = 0;
  for (; i < span.high; i += STAGED_BLOCK) {
    s32x4 number = numbers_in(span, i, STAGED_GAP);
    if (number.x >= 0 && number.w >= 0) {
      SET_ALIGNED_AT(to + i, STAGED_GAP, staged_four(from, together, further));
#ifdef IN_PAIRS
    } else if (is_first_pair(number)) {
      SET_ALIGNED_AT(to + i, 0, staged_numbered(from, further, number).xyxy);
#endif
    } else {
      set_numbered(to, number, staged_numbered(from, further, number));
    }
    further += TILE_PLACE(STAGED_BLOCK, tile.left_out);
  }
}

// Rows that are n elements in all, from number "begin" of the tile on.
ALWAYS_INLINE void take_rows(tile_t tile, int begin, GLOBAL const element_t *from, int n) {
  int shift = SHIFT_OF(from, IN_SECTOR);
  span_t span = {shift, shift + n};
  tile.later = begin - shift;
  if (tile.later % IN_VECTOR == 0) {
    copy_in(tile, 1, from - shift, span);
  } else {
    copy_in(tile, 0, from - shift, span);
  }
}

ALWAYS_INLINE void put_rows(tile_t tile, int begin, GLOBAL element_t *to, int n) {
  int shift = SHIFT_OF(to, IN_SECTOR);
  span_t span = {shift, shift + n};
  tile.later = begin - shift;
  if (tile.later % IN_VECTOR == 0) {
    copy_out(tile, 1, to - shift, span);
  } else {
    copy_out(tile, 0, to - shift, span);
  }
}
