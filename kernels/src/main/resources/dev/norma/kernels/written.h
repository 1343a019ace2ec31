// The values of a function are written, or added to what is there. There is no state.
typedef int map_state;
typedef element_t map_result;

#define STATES(size)
#define FINISH(state, team, apart, whole, at)

INLINE map_state map_neutral(void) { return 0; }
