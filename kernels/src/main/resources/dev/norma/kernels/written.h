// The values of a function are written, or added to what is there. There is no state.
typedef int map_state;
typedef element_t map_result;

#define STATES(size)
#define FINISH(state, team, apart, whole, at)

// Whether what is written is computed in binary32, from the elements themselves, and what that gives.
#ifndef IN_BINARY32
#define IN_BINARY32(context) 0
#define BINARY32_VALUES_OF(x, context) (x)
#endif

INLINE map_state map_neutral(void) { return 0; }
