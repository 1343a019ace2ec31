// The unit of a work-item among those from the first one on: each group takes as many as it has
// teams.
INLINE index_t unit_of(index_t first, int team) {
  int shift = LOG2_OF(team);
  return first + (GROUP_ID << (LOG2_OF(ROW_GROUP) - shift)) + (LOCAL_ID >> shift);
}

// Lanes begin "shift" elements behind the first one of "own": the others are those of the member
// behind it. Behind the last one, the first begins anew.
INLINE state_t unshifted(state_t own, state_t behind, int shift, int last) {
#ifdef IN_PAIRS
  state_t one = R(turned)(own);
  state_t three = R(turned)(R(turned)(one));
  state_t next = last ? R(turned)(R(turned)(behind)) : behind; // to the second pairs, or from them
  state_t third = R(turned)(R(turned)(next));
  return shift == 0 ? own
                    : R(four)(R(first)(one), R(first)(next), R(first)(three), R(first)(third));
#else
  for (int i = 0; i < 3; i++) {
    state_t one = R(turned)(own);
    state_t two = R(turned)(one);
    state_t three = R(turned)(two);
    if (i < shift) {
      own = R(four)(R(first)(one), R(first)(two), R(first)(three), R(first)(behind));
    }
    behind = R(turned)(behind);
  }
  return own;
#endif
}

// Takes the second pair to the first.
INLINE state_t fold_pairs(state_t state) {
  return R(fold)(state, R(turned)(R(turned)(state)));
}

// Takes the second lane to the first.
INLINE lane_t fold_pair(state_t state) { return R(first)(R(fold)(state, R(turned)(state))); }

INLINE lane_t fold_four(state_t state) { return fold_pair(fold_pairs(state)); }

INLINE lane_t fold_two(lane_t a, lane_t b) {
  return R(first)(R(fold)(R(four)(a, a, a, a), R(four)(b, b, b, b)));
}

// Lanes are folded from the furthest to the nearest: second pairs are behind those of the whole
// team, or next to the first.
#ifdef IN_PAIRS
#define fold_far_pairs(state) fold_pairs(state)
#define fold_near_lanes(state) fold_pair(state)
#else
#define fold_far_pairs(state) (state)
#define fold_near_lanes(state) fold_four(state)
#endif

// Takes the lanes of a team of neighbouring work-items to lane 0 of the first, which is "result";
// all of a group call it together. Lanes that hold nothing are neutral, and change no bit.
#define FOLD_TEAM(result, state, team)                           \
  state = fold_far_pairs(state);                                 \
  for (int distance = (team) / 2; distance > 0; distance /= 2) { \
    state_t above;                                               \
    FROM_LANE_ABOVE(above, state, distance);                     \
    state = R(fold)(state, above);                               \
  }                                                              \
  lane_t result = fold_near_lanes(state)
