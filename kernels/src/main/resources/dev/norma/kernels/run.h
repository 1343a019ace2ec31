// The values of a function of neighbours, written to neighbours that are as far behind a multiple of
// four elements, as those of a second operand are: memory is taken in whole sectors of x, and so of
// what is written if it begins in the same place of a sector, and in any order. What lies before the
// first sector and behind the last, the ends of the vector, is taken one by one.
typedef struct {
  GLOBAL const element_t *x;
  GLOBAL const element_t *second; // of functions of two
  GLOBAL element_t *out;
  int adds;
  function_context context;
} run_t;

// The values for four elements, and for those of the second operand.
INLINE f64x4 values_of(run_t run, elements_t x, elements_t second) {
  return function_of(numbers_of(x), numbers_of(second), run.context);
}

INLINE elements_t second_four(run_t run, int i, int gap) {
#ifdef OF_TWO
  return ALIGNED_AT(run.second + i, gap);
#else
  return (elements_t) (0);
#endif
}

INLINE elements_t second_numbered(run_t run, s32x4 number) {
#ifdef OF_TWO
  return numbered(run.second, number);
#else
  return (elements_t) (0);
#endif
}

INLINE void take_four(run_t run, elements_t x, elements_t second, int i, int gap) {
  if (!run.adds && IN_BINARY32(run.context)) {
    SET_ALIGNED_AT(run.out + i, gap, BINARY32_VALUES_OF(x, run.context));
    return;
  }
  f64x4 y = values_of(run, x, second);
  if (run.adds) {
    y = y + numbers_of(ALIGNED_AT(run.out + i, gap));
  }
  SET_ALIGNED_AT(run.out + i, gap, elements_of(y));
}

INLINE void take_numbered(run_t run, s32x4 number) {
  elements_t x = numbered(run.x, number);
  elements_t y;
  if (!run.adds && IN_BINARY32(run.context)) {
    y = BINARY32_VALUES_OF(x, run.context);
  } else {
    f64x4 values = values_of(run, x, second_numbered(run, number));
    y = elements_of(run.adds ? values + numbers_of(numbered(run.out, number)) : values);
  }
  set_numbered(run.out, number, y);
}

// Takes the first elements, as many as the head has, and those from an end to n, in one step: each
// work-item four that are a team apart, so that those that are neighbours take neighbours.
INLINE void take_ends(run_t run, int head, int end, int n, int member, int team) {
  s32x4 first = {member, member + team, member + 2 * team, member + 3 * team};
  s32x4 last = first + (n - 4 * team);
  last = last < (s32x4) (end) ? (s32x4) (-1) : last;
  take_numbered(run, first < (s32x4) (head) ? first : last);
}

// Takes the elements from number i to an end, of as many as whole fours have. Eight are loaded
// before the first is needed, so that enough loads are under way to hide their latency.
INLINE void take_fours(run_t run, int i, int end, int lane, int gap, int lanes) {
  for (; i + 2 * lanes <= end; i += 2 * lanes) {
    elements_t x0 = ALIGNED_AT(run.x + (i + lane), gap);
    elements_t second0 = second_four(run, i + lane, gap);
    elements_t x1 = ALIGNED_AT(run.x + (i + lanes + lane), gap);
    elements_t second1 = second_four(run, i + lanes + lane, gap);
    AFTER_LOADS;
    take_four(run, x0, second0, i + lane, gap);
    take_four(run, x1, second1, i + lanes + lane, gap);
  }
  for (; i < end; i += lanes) {
    int left = end - i < lanes ? end - i : lanes;
    int closer = GAP(left / 4);
    if (lane + closer + 1 < left) {
      elements_t x = ALIGNED_AT(run.x + (i + lane), closer);
      take_four(run, x, second_four(run, i + lane, closer), i + lane, closer);
    }
  }
}

INLINE map_state take_lanes(
    map_state none, operands_t o, GLOBAL element_t *out, function_context context,
    index_t from, int n, int lane, int team) {
  run_t run = {o.x + (o.x_place.start + from), o.second + (o.second_place.start + from),
      out + (o.out_place.start + from), o.adds, context};
  int block = 2 * team < IN_SECTOR ? 4 : IN_SECTOR; // so that both ends fit into one step
  int head = HEAD_OF(run.x, block);
  head = head < n ? head : n;
  int end = n - ((n - head) & (block - 1));
  if (head > 0 || end < n) {
    take_ends(run, head, end, n, lane / FIRST_LANE(1), team);
  }
  take_fours(run, head, end, lane, o.gap, 4 * team);
  return none;
}
