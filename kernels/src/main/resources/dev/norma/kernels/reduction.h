// What the layouts reduce by, whichever primitive it is: REDUCTION is the name of one of them, or
// "several". A work-item has four of the 32 lanes of a chunk, two pairs of neighbours; a "state" is
// what they hold, and a "lane" what one of them holds. Each reduction has these functions:
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
#define ROW_GROUP 64     // work-items of a group that takes rows
#define COLUMN_GROUP 256 // and of reduce_columns
#define APPLY_GROUP 256  // and of apply_strided and apply_listed

// The second pair of a work-item is "gap" lanes behind the first. Where four elements are loaded at
// once it follows it. Where two are, all first pairs of a team lie before all second ones, so that
// the team always loads neighbours; "member" is the number of a work-item in its team.
#if 4 * ELEMENT_BYTES > LOAD_BYTES
#define IN_PAIRS
#define FIRST_LANE(member) (2 * (member))
#define GAP(team) (2 * (team))
#else
#define FIRST_LANE(member) (4 * (member))
#define GAP(team) 2
#endif

// Four elements, those of a pair "step" apart.
INLINE elements_t strided_elements(GLOBAL const element_t *at, index_t step, int gap) {
  elements_t x = {at[0], at[step], at[gap * step], at[(gap + 1) * step]};
  return x;
}

// Those of four elements that are among "count" of a vector, at least one; the others are zero.
INLINE elements_t some_elements(GLOBAL const element_t *at, index_t step, int gap, int count) {
  element_t x0 = at[0];
  element_t x1 = count > 1 ? at[step] : 0;
  element_t x2 = count > gap ? at[gap * step] : 0;
  element_t x3 = count > gap + 1 ? at[(gap + 1) * step] : 0;
  elements_t x = {x0, x1, x2, x3};
  return x;
}

INLINE elements_t four_elements(
    GLOBAL const element_t *at, index_t step, int together, int gap) {
  return together ? ALIGNED_AT(at, gap) : strided_elements(at, step, gap);
}

INLINE elements_t elements_at(GLOBAL const element_t *at, index_t step, int gap) {
  return four_elements(at, step, step == 1 && IS_ALIGNED(at), gap);
}

// Four aligned elements, of which those among "readable" can be loaded, at least one. The others may
// be anything, and so may a second pair behind the sectors with those that are "wanted".
INLINE elements_t readable_elements(
    GLOBAL const element_t *at, int gap, int wanted, int readable) {
#ifdef IN_PAIRS
  if (wanted <= gap && readable > 1) {
    return ALIGNED_AT(at, 0); // the first pair twice
  }
#endif
  return readable > gap + 1 ? ALIGNED_AT(at, gap) : some_elements(at, 1, gap, readable);
}

#ifndef OF_FUNCTION // functions of elements have a loop of their own, see apply.h
INLINE state_t add_elements(state_t state, elements_t x, context_t context) {
  return R(add)(state, bits_of(x), ~(bits_t) (0), context);
}

// Takes those of four elements that are among "count"; the others are zero.
INLINE state_t add_present(state_t state, elements_t x, int gap, int count, context_t context) {
  bits_t number = {0, 1, (bits_lane) gap, (bits_lane) gap + 1};
  return R(add)(state, bits_of(x), MASK(number < (bits_t) ((bits_lane) count)), context);
}

// Takes, of four aligned neighbours, those from number "first" on that are among "count". The rest
// are elements of other vectors, of which those among "readable" can be loaded.
INLINE state_t add_between(
    state_t state, GLOBAL const element_t *at, int gap, int first, int count, int readable,
    context_t context) {
  if (first > gap + 1 || count <= 0) {
    return state;
  }
  int wanted = count + SHIFT_OF(at, IN_SECTOR); // all that load a sector must go the same way
  elements_t x = readable_elements(at, gap, wanted, readable);
  bits_t number = {0, 1, (bits_lane) gap, (bits_lane) gap + 1};
  bits_t present = MASK(number < (bits_t) ((bits_lane) count))
      & MASK(number >= (bits_t) ((bits_lane) (first > 0 ? first : 0)));
  return R(add)(state, bits_of(x) & present, present, context);
}

INLINE state_t add_some(
    state_t state, GLOBAL const element_t *at, index_t step, int gap, int count,
    context_t context) {
  return add_present(state, some_elements(at, step, gap, count), gap, count, context);
}

// Takes, of n elements, those of the lanes from "lane" on, those that are "lanes" behind, and so
// on; elements are "step" apart, and loaded at once if they are "together". Sixteen are asked for
// before the first is needed, so that enough loads are under way to hide their latency. Behind
// neighbours, "slack" elements more can be loaded.
INLINE state_t add_evenly(
    state_t state, GLOBAL const element_t *from, index_t step, int together, int n, int slack,
    int lane, int gap, int lanes, context_t context) {
  int in_step = IN_STEP ? together : 0;
  int end = n - (in_step ? 4 * lanes - (lane & (lanes - 1)) - 1 : 3 * lanes + gap + 1);
  int i = lane;
  for (; i < end; i += 4 * lanes) {
    GLOBAL const element_t *at = from + i * step;
    index_t next = lanes * step;
    elements_t x0 = four_elements(at, step, together, gap);
    elements_t x1 = four_elements(at + next, step, together, gap);
    elements_t x2 = four_elements(at + 2 * next, step, together, gap);
    elements_t x3 = four_elements(at + 3 * next, step, together, gap);
    state = add_elements(state, x0, context);
    state = add_elements(state, x1, context);
    state = add_elements(state, x2, context);
    state = add_elements(state, x3, context);
  }
  for (; in_step && i < n; i += lanes) {
    state = add_between(state, from + i, gap, 0, n - i, n + slack - i, context);
  }
  for (; i < n - gap - 1; i += lanes) {
    state = add_elements(state, four_elements(from + i * step, step, together, gap), context);
  }
  for (; i < n; i += lanes) {
    state = add_some(state, from + i * step, step, gap, n - i, context);
  }
  return state;
}

// The same; of neighbours, the loads begin where they are aligned, "shift" elements before the first
// one, which are left out. So each work-item has the elements of other lanes, all of them turned by
// as many: that changes no bit of what they are folded to, since lanes are folded over distances
// that are powers of two, and the order of two does not matter.
INLINE state_t add_lanes(
    state_t state, GLOBAL const element_t *from, index_t step, int n, int slack, int lane, int gap,
    int lanes, context_t context) {
  int shift = step == 1 && n > 0 ? SHIFT_OF(from, lanes) : 0;
  if (shift > 0) {
    int i = lane - shift;
    state = add_between(state, from + i, gap, -i, n - i, n + slack - i, context);
    lane += lanes;
  }
#ifdef BOUND_BY_ARITHMETIC
  return add_evenly(
      state, from - shift, step, step == 1, n + shift, slack, lane, gap, lanes, context);
#else
  return step == 1
      ? add_evenly(state, from - shift, 1, 1, n + shift, slack, lane, gap, lanes, context)
      : add_evenly(state, from, step, 0, n, 0, lane, gap, lanes, context);
#endif
}
#endif
