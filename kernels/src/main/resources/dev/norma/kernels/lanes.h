// How a team takes elements that lie anywhere: in order, each work-item four at a time.
INLINE elements_t lanes_at(operands_t o, index_t from, int i, int count) {
  return count > 0 ? elements_in(o.x, o.x_place, from + i, o.gap, count) : (elements_t) (0);
}

// The first work-item takes those before the first aligned element of x alone, if the order is free.
// The next four are asked for before those at hand are needed, so that enough loads are under way to
// hide their latency; what arithmetic binds has no registers for them.
INLINE state_t take_lanes(
    state_t state, operands_t operands, GLOBAL result_t *out, function_context context,
    index_t from, int n, int lane, int team) {
  int head = 0;
#ifdef IN_ANY_ORDER
  if (operands.x_place.rank == 1 && operands.x_place.step == 1) {
    head = HEAD_OF(operands.x + (operands.x_place.start + from), FIRST_LANE(1));
  }
#endif
  int i = lane == 0 ? 0 : head + lane;
  int end = i < head && head < n ? head : n;
  elements_t x = lanes_at(operands, from, i, end - i);
  while (i < n) {
    int next = i < head ? head : i + 4 * team;
#ifdef BOUND_BY_ARITHMETIC
    state = R(take)(state, operands, x, out, from + i, end - i, context);
    x = lanes_at(operands, from, next, n - next);
#else
    elements_t ahead = lanes_at(operands, from, next, n - next);
    AFTER_LOADS;
    state = R(take)(state, operands, x, out, from + i, end - i, context);
    x = ahead;
#endif
    i = next;
    end = n;
  }
  return state;
}
