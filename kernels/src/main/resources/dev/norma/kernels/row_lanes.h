// How a work-item takes a whole row from memory of its group: the lanes that a team would have, one
// after the other, in the same order of folds.
#define LANES 32

// Takes AT_ONCE elements of a row from number i on, or what is left; what other lanes take is not
// used. States are set where they are: a structure that is returned would get a scope of its own, see
// operands.h.
ALWAYS_INLINE void add_staged(state_t *state, staged_t row, int i, context_t context);

// Lanes that are not used hold nothing: or the loop below would compute what they hold.
ALWAYS_INLINE void leave_lanes(state_t *state) {
#if AT_ONCE == 2
  lane_t none = R(first)(R(neutral)());
  *state = R(four)(R(first)(*state), R(first)(R(turned)(*state)), none, none);
#endif
}

// What AT_ONCE lanes from "lane" on hold of a row that has more elements. Most rows have only one for
// each lane: it stands before the loop, but for powers, of which that would be a second copy.
ALWAYS_INLINE void set_lanes(state_t *state, staged_t row, int lane, context_t context) {
  *state = R(neutral)();
  int i = lane;
#ifndef BOUND_BY_ARITHMETIC
  add_staged(state, row, i, context);
  leave_lanes(state);
  i += LANES;
#endif
  for (; i < row.n; i += LANES) {
    add_staged(state, row, i, context);
    leave_lanes(state);
  }
}

// The same of twice as many lanes, the others being so far behind, folded. Where there are no
// elements, there is nothing to fold, which would change no bit.
#define SET_TWICE(name, half, distance)                                                \
  ALWAYS_INLINE void name(state_t *state, staged_t row, int lane, context_t context) { \
    half(state, row, lane, context);                                                   \
    if (row.n > lane + (distance)) {                                                   \
      state_t behind;                                                                  \
      half(&behind, row, lane + (distance), context);                                  \
      *state = R(fold)(*state, behind);                                                \
    }                                                                                  \
  }
SET_TWICE(set_2_apart_16, set_lanes, 16)
SET_TWICE(set_4_apart_8, set_2_apart_16, 8)
SET_TWICE(set_8_apart_4, set_4_apart_8, 4)
#if AT_ONCE == 4
#define SET_ROW set_8_apart_4
#define LANE_OF(state) fold_four(state)
#else
SET_TWICE(set_16_apart_2, set_8_apart_4, 2)
#define SET_ROW set_16_apart_2
#define LANE_OF(state) fold_pair(state)
#endif

