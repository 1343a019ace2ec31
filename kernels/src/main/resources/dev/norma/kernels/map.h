// The values of a function, written one after the other or wherever they belong.
#define IN_ANY_ORDER // are the elements taken

INLINE void write_elements(
    GLOBAL element_t *out, place_t place, index_t i, int gap, int count, elements_t y) {
  if (count > gap + 1 && place.rank == 1 && place.step == 1) {
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

INLINE map_state map_take(
    map_state none, operands_t o, elements_t x, GLOBAL element_t *out, index_t i, int count,
    function_context context) {
  if (!o.adds && IN_BINARY32(context)) {
    write_elements(out, o.out_place, i, o.gap, count, BINARY32_VALUES_OF(x, context));
    return none;
  }
  f64x4 y = function_of(numbers_of(x), second_at(o, i, count, 0.0), context);
  if (o.adds) {
    y = y + numbers_of(elements_in(out, o.out_place, i, o.gap, count));
  }
  write_elements(out, o.out_place, i, o.gap, count, elements_of(y));
  return none;
}
