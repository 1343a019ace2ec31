// How a team takes elements that lie anywhere: in order, each work-item four at a time.
//
// The first work-item takes those before the first aligned element of x alone, if the order is free.
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
  while (i < n) {
    int end = i < head && head < n ? head : n;
    state = R(take)(state, operands, out, from + i, end - i, context);
    i = i < head ? head : i + 4 * team;
  }
  return state;
}
