// The unit of a work-item among those from the first one on: each group takes as many as it has
// teams.
INLINE index_t unit_of(index_t first, int team) {
  int shift = LOG2_OF(team);
  return first + (GROUP_ID << (LOG2_OF(ROW_GROUP) - shift)) + (LOCAL_ID >> shift);
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
