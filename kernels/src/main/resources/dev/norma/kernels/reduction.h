// What the layouts reduce by, whichever primitive it is: REDUCTION is the name of one of them, or
// "several". A work-item has four of the 32 lanes of a chunk; a "state" is what they hold, and a
// "lane" what one of them holds. Each reduction has these functions:
//   context prepare(scale, exponent)   what its terms need to know of a vector
//   state neutral()                    of no elements
//   state add(state, bits, present, context)
//                                      takes an element for each lane; one that is not present has
//                                      the bits 0 here and there
//   state fold(state, state)           takes what was reduced of lanes or chunks behind
//   state turned(state)                lanes 1, 2, 3 and 0
//   lane first(state)
//   state four(lane, lane, lane, lane)
//   save(lane, out, at, stride)        writes 64-bit words to out[at], out[at + stride], …
//   lane load(in, at, stride)          reads them
#define PASTE_2(a, b) a##_##b
#define PASTE(a, b) PASTE_2(a, b)
#define R(name) PASTE(REDUCTION, name)
#define state_t R(state)
#define lane_t R(lane)
#define context_t R(context)
#define result_t R(result) // of functions, what their values go to

#define CHUNK 4096
#define ROW_GROUP 64     // work-items of a group of reduce_rows, reduce_listed and fold_listed
#define COLUMN_GROUP 256 // and of reduce_columns
#define APPLY_GROUP 256  // and of apply_strided and apply_listed

// Four elements that are "step" apart.
INLINE elements_t strided_elements(GLOBAL const element_t *at, index_t step) {
  elements_t x = {at[0], at[step], at[2 * step], at[3 * step]};
  return x;
}

// The first "count" of four elements, at least one; the others are zero.
INLINE elements_t some_elements(GLOBAL const element_t *at, index_t step, int count) {
  element_t x0 = at[0];
  element_t x1 = count > 1 ? at[step] : 0;
  element_t x2 = count > 2 ? at[2 * step] : 0;
  element_t x3 = count > 3 ? at[3 * step] : 0;
  elements_t x = {x0, x1, x2, x3};
  return x;
}

INLINE elements_t elements_at(GLOBAL const element_t *at, index_t step) {
  return step == 1 ? NEIGHBOURS(at) : strided_elements(at, step);
}

#ifndef OF_FUNCTION // functions of elements have a loop of their own, see apply.h
INLINE state_t add_elements(state_t state, elements_t x, context_t context) {
  return R(add)(state, bits_of(x), ~(bits_t) (0), context);
}

// Takes the first "count" of four elements, of which the others are zero.
INLINE state_t add_present(state_t state, elements_t x, int count, context_t context) {
  bits_t number = {0, 1, 2, 3};
  return R(add)(state, bits_of(x), MASK(number < (bits_t) ((bits_lane) count)), context);
}

// Takes the first "count" of four elements that are "step" apart, at least one.
INLINE state_t add_some(
    state_t state, GLOBAL const element_t *at, index_t step, int count, context_t context) {
  return add_present(state, some_elements(at, step, count), count, context);
}

// Takes the elements lane to lane + 3 of n, the four that are "lanes" behind, and so on; elements
// are "step" apart. Sixteen are asked for before the first is needed, so that enough loads are
// under way to hide their latency.
INLINE state_t add_lanes(
    state_t state, GLOBAL const element_t *from, index_t step, int n, int lane, int lanes,
    context_t context) {
  int i = lane;
  for (; i < n - 3 * lanes - 3; i += 4 * lanes) {
    GLOBAL const element_t *at = from + i * step;
    index_t next = lanes * step;
    elements_t x0 = elements_at(at, step);
    elements_t x1 = elements_at(at + next, step);
    elements_t x2 = elements_at(at + 2 * next, step);
    elements_t x3 = elements_at(at + 3 * next, step);
    state = add_elements(state, x0, context);
    state = add_elements(state, x1, context);
    state = add_elements(state, x2, context);
    state = add_elements(state, x3, context);
  }
  for (; i < n; i += lanes) {
    state = add_some(state, from + i * step, step, n - i, context);
  }
  return state;
}
#endif
