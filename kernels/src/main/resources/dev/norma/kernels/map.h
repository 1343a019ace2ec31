// The values of a function, written one after the other or wherever they belong.

INLINE void write_elements(
    GLOBAL element_t *out, place_t place, index_t i, int gap, int count, elements_t y) {
  if (count > gap + 1 && is_line(place)) {
    SET_ELEMENTS_AT(out + (place.start + i), gap, y);
    return;
  }
  out[position_in(place, i)] = y.x;
  if (count > 1) {
    out[position_in(place, i + 1)] = y.y;
  }
  if (count > gap) {
    out[position_in(place, i + gap)] = y.z;
  }
  if (count > gap + 1) {
    out[position_in(place, i + gap + 1)] = y.w;
  }
}

INLINE void map_take(
    operands_t o, elements_t x, elements_t second, GLOBAL element_t *out, index_t i, int count,
    function_context context) {
  if (count <= 0) {
    return;
  }
  if (!o.adds && IN_BINARY32(context)) {
    write_elements(out, o.out_place, i, o.gap, count, BINARY32_VALUES_OF(x, context));
    return;
  }
  f64x4 y = function_of(numbers_of(x), numbers_of(second), context);
  if (o.adds) {
    y = y + numbers_of(elements_in(out, o.out_place, i, o.gap, count));
  }
  write_elements(out, o.out_place, i, o.gap, count, elements_of(y));
}

INLINE elements_t lanes_at(operands_t o, index_t i, int count) {
  return count > 0 ? elements_in(o.x, o.x_place, i, o.gap, count) : (elements_t) (0);
}

INLINE elements_t second_at(operands_t o, index_t i, int count) {
#ifdef OF_TWO
  return count > 0 ? elements_in(o.second, o.second_place, i, o.gap, count) : (elements_t) (0);
#else
  return (elements_t) (0);
#endif
}

// How many elements come before the first one that begins a sector, or is aligned where a team has
// fewer work-items than a sector elements: of what is written if that is neighbours, or else of x.
// There are no more than a team takes two by two in a step.
INLINE int head_of_lanes(
    operands_t o, GLOBAL const element_t *out, index_t from, int n, int team) {
  int block = 2 * team < IN_SECTOR ? 4 : IN_SECTOR;
  if (team < 4 || n <= 4 * team) { // columns, or one step takes all
    return 0;
  }
  if (is_line(o.out_place)) {
    return HEAD_OF(out + (o.out_place.start + from), block);
  }
  return is_line(o.x_place) ? HEAD_OF(o.x + (o.x_place.start + from), block) : 0;
}

// A team takes elements in any order: those of the head in one step, so that neighbours take
// neighbours, and from there on each work-item four at a time, and those a team further. All of it
// take the same steps, or they would ask for a sector in several. All eight are loaded before the
// first is needed, so that enough loads are under way to hide their latency; what arithmetic binds has
// no registers for them.
INLINE map_state take_lanes(
    map_state none, operands_t operands, GLOBAL element_t *out, function_context context,
    index_t from, int n, int lane, int team) {
  int head = head_of_lanes(operands, out, from, n, team);
  int in_head = head > 0;
  int most = head > team ? 2 : 1; // of each work-item in the head
  int i = in_head ? lane / FIRST_LANE(1) * most : lane;
  int count = in_head && head - i > most ? most : (in_head ? head : n) - i;
  while (i < n) {
    elements_t x = lanes_at(operands, from + i, count);
    elements_t second = second_at(operands, from + i, count);
    int next = i + 4 * team;
#ifndef BOUND_BY_ARITHMETIC
    int behind = in_head ? 0 : n - next;
    elements_t further = lanes_at(operands, from + next, behind);
    elements_t further_second = second_at(operands, from + next, behind);
    AFTER_LOADS;
    map_take(operands, further, further_second, out, from + next, behind, context);
    next += 4 * team;
#endif
    map_take(operands, x, second, out, from + i, count, context);
    i = in_head ? head + lane : next;
    in_head = 0;
    count = n - i;
  }
  return none;
}
