// Memory of a group for rows of few elements, as they lie.
//
// It has banks of 128 bytes in all. Where rows are whole vectors apart, they begin at vectors in the
// tile, wherever they do in memory. Where they are an even number of vectors apart, one is left out
// behind each 128 bytes: or rows of 64, say, would begin in one bank.
#define TILE_BYTES 16384
#define IN_BANKS (128 / ELEMENT_BYTES)
#ifdef WIDE
#define IN_VECTOR 2
#define LOCAL_VECTOR(at) ((elements_t) (LOCAL_PAIR(at), (f64x2) (0.0)))
#define SET_LOCAL_VECTOR(at, y) SET_LOCAL_PAIR(at, (y).xy)
#else
#define IN_VECTOR 4
#define LOCAL_VECTOR(at) LOCAL_AT(at)
#define SET_LOCAL_VECTOR(at, y) SET_LOCAL_AT(at, y)
#endif
#ifdef BOUND_BY_ARITHMETIC
#define AT_ONCE 2
#else
#define AT_ONCE IN_VECTOR
#endif
#define TILE_PLACE(i, left_out) ((i) + (i) / IN_BANKS * (left_out))
#define STAGED_GAP GAP(ROW_GROUP)
#define STAGED_BLOCK (4 * ROW_GROUP) // what a group copies at once
#define BESIDE (IN_SECTOR + IN_VECTOR + STAGED_GAP) // before, between and behind its rows
#define TILE_ROOM TILE_PLACE(TILE_BYTES / ELEMENT_BYTES + BESIDE + 2, IN_VECTOR)

// Where elements lie in the tile.
typedef struct {
  LOCAL element_t *at;
  int left_out;
  int later; // than in memory, from the first on
  int aligned; // whether rows begin at vectors
} tile_t;

ALWAYS_INLINE LOCAL element_t *in_tile(tile_t tile, int i) {
  return tile.at + TILE_PLACE((u32) i, tile.left_out);
}

// The places of four elements in it.
typedef struct {
  LOCAL element_t *x;
  LOCAL element_t *y;
  LOCAL element_t *z;
  LOCAL element_t *w;
} places_t;

INLINE void set_staged(places_t to, int together, int further, elements_t x) {
  if (together) {
#ifdef WIDE
    SET_LOCAL_PAIR(to.x + further, x.xy);
    SET_LOCAL_PAIR(to.z + further, x.zw);
#else
    SET_LOCAL_AT(to.x + further, x);
#endif
    return;
  }
  to.x[further] = x.x;
  to.y[further] = x.y;
  to.z[further] = x.z;
  to.w[further] = x.w;
}

ALWAYS_INLINE elements_t staged_four(places_t from, int together, int further) {
  if (together) {
#ifdef WIDE
    return (elements_t) (LOCAL_PAIR(from.x + further), LOCAL_PAIR(from.z + further));
#else
    return LOCAL_AT(from.x + further);
#endif
  }
  elements_t x = {from.x[further], from.y[further], from.z[further], from.w[further]};
  return x;
}

// Rows that are "step" apart, of which the first one begins "shift" elements behind a sector.
INLINE void set_tile(tile_t *to, LOCAL element_t *at, int step, int shift) {
  to->at = at;
  to->aligned = step % IN_VECTOR == 0;
  to->left_out = step % (2 * IN_VECTOR) == 0 ? IN_VECTOR : 0;
  to->later = to->aligned ? -shift & (IN_VECTOR - 1) : 0;
}

INLINE void set_places(places_t *to, tile_t tile, int i) {
  int place = i + tile.later;
  to->x = in_tile(tile, place);
  to->y = in_tile(tile, place + 1);
  to->z = in_tile(tile, place + STAGED_GAP);
  to->w = in_tile(tile, place + STAGED_GAP + 1);
}

// Copies from number "at" on, four blocks at once, while all of them are before number "end".
ALWAYS_INLINE void copy_whole(
    places_t to, int together, int block, GLOBAL const element_t *from, int *at, int *further,
    int end) {
  int i = *at;
  for (; i + 3 * STAGED_BLOCK + STAGED_GAP + 1 < end; i += 4 * STAGED_BLOCK) {
    elements_t x0 = ALIGNED_AT(from + i, STAGED_GAP);
    elements_t x1 = ALIGNED_AT(from + i + STAGED_BLOCK, STAGED_GAP);
    elements_t x2 = ALIGNED_AT(from + i + 2 * STAGED_BLOCK, STAGED_GAP);
    elements_t x3 = ALIGNED_AT(from + i + 3 * STAGED_BLOCK, STAGED_GAP);
    set_staged(to, together, *further, x0);
    set_staged(to, together, *further + block, x1);
    set_staged(to, together, *further + 2 * block, x2);
    set_staged(to, together, *further + 3 * block, x3);
    *further += 4 * block;
  }
  *at = i;
}

// A vector, whose other parts are zero.
ALWAYS_INLINE elements_t staged_at(LOCAL const element_t *at, int aligned) {
  if (aligned) {
    return LOCAL_VECTOR(at);
  }
  elements_t x = {at[0], at[1], 0, 0};
#if AT_ONCE == 4
  x.z = at[2];
  x.w = at[3];
#endif
  return x;
}

// What is taken of a few elements, one at least.
ALWAYS_INLINE elements_t last_staged(LOCAL const element_t *at, int count) {
  element_t x1 = count > 1 ? at[1] : 0;
  elements_t x = {at[0], x1, 0, 0};
#if AT_ONCE == 4
  x.z = count > 2 ? at[2] : 0;
#endif
  return x;
}

// What is taken of a row of which "count" elements are left.
ALWAYS_INLINE elements_t next_staged(LOCAL const element_t *at, int aligned, int count) {
#ifndef BOUND_BY_ARITHMETIC
  if (count >= AT_ONCE) {
    return staged_at(at, aligned);
  }
#endif
  return last_staged(at, count);
}

// A row of n elements from number "begin" of the tile on; those of a second operand lie "beside" as
// much further, if there is one.
typedef struct {
  tile_t tile;
  int begin;
  int n;
  int beside;
} staged_t;

// Puts back what is taken of a row of which "count" elements are left; aligned rows are whole vectors.
INLINE void set_next(LOCAL element_t *at, elements_t y, int aligned, int count) {
#ifndef BOUND_BY_ARITHMETIC
  if (aligned) {
    SET_LOCAL_VECTOR(at, y);
    return;
  }
#endif
  at[0] = y.x;
  if (count > 1) {
    at[1] = y.y;
  }
#if AT_ONCE == 4
  if (count > 2) {
    at[2] = y.z;
  }
  if (count > 3) {
    at[3] = y.w;
  }
#endif
}
