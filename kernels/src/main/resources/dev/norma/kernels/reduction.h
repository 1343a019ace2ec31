// What the layouts reduce by, whichever primitive it is: REDUCTION is the name of one of them, or
// "several", and each has these functions:
//   context prepare(scale, exponent)   what its terms need to know of a vector
//   state neutral()                    of no elements
//   state add(state, bits, context)    takes an element
//   state fold(state, state)           takes what was reduced of a lane or a chunk behind
//   save(state, out, at, stride)       writes 64-bit words to out[at], out[at + stride], …
//   state load(in, at, stride)         reads them
#define PASTE_2(a, b) a##_##b
#define PASTE(a, b) PASTE_2(a, b)
#define R(name) PASTE(REDUCTION, name)
#define state_t R(state)
#define context_t R(context)

#define CHUNK 4096
#define LANES 32
#define ROW_GROUP 128   // work-items of a group of reduce_rows, reduce_listed and fold_listed
#define COLUMN_GROUP 256 // and of reduce_columns

// The sum of the lanes in lane 0, of groups of "lanes" neighbouring work-items each; all of a group
// call it together. Lanes that hold nothing are neutral, and change no bit.
#define FOLD_LANES(state, lanes)                        \
  for (int distance = (lanes) / 2; distance > 0; distance /= 2) { \
    state_t above;                                      \
    FROM_LANE_ABOVE(above, state, distance);            \
    state = R(fold)(state, above);                      \
  }

// Takes the elements lane, lane + lanes, … of n that are "step" apart. Eight are asked for before
// the first is needed, so that enough loads are under way to hide their latency.
INLINE state_t add_lane(
    state_t state, GLOBAL const element_t *from, index_t step, int n, int lane, int lanes,
    context_t context) {
  int i = lane;
  for (; i < n - 7 * lanes; i += 8 * lanes) {
    GLOBAL const element_t *at = from + i * step;
    index_t next = lanes * step;
    element_t x0 = at[0];
    element_t x1 = at[next];
    element_t x2 = at[2 * next];
    element_t x3 = at[3 * next];
    element_t x4 = at[4 * next];
    element_t x5 = at[5 * next];
    element_t x6 = at[6 * next];
    element_t x7 = at[7 * next];
    state = R(add)(state, bits_of(x0), context);
    state = R(add)(state, bits_of(x1), context);
    state = R(add)(state, bits_of(x2), context);
    state = R(add)(state, bits_of(x3), context);
    state = R(add)(state, bits_of(x4), context);
    state = R(add)(state, bits_of(x5), context);
    state = R(add)(state, bits_of(x6), context);
    state = R(add)(state, bits_of(x7), context);
  }
  for (; i < n; i += lanes) {
    state = R(add)(state, bits_of(from[i * step]), context);
  }
  return state;
}
