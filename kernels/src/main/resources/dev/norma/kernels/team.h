// Takes lanes 2 and 3 to 0 and 1, then 1 to 0.
INLINE lane_t fold_four(state_t state) {
  state = R(fold)(state, R(turned)(R(turned)(state)));
  return R(first)(R(fold)(state, R(turned)(state)));
}

INLINE lane_t fold_two(lane_t a, lane_t b) {
  return R(first)(R(fold)(R(four)(a, a, a, a), R(four)(b, b, b, b)));
}

// Takes the lanes of a team of neighbouring work-items to lane 0 of the first, which is "result";
// all of a group call it together. Lanes that hold nothing are neutral, and change no bit.
#define FOLD_TEAM(result, state, team)                           \
  for (int distance = (team) / 2; distance > 0; distance /= 2) { \
    state_t above;                                               \
    FROM_LANE_ABOVE(above, state, distance);                     \
    state = R(fold)(state, above);                               \
  }                                                              \
  lane_t result = fold_four(state)
