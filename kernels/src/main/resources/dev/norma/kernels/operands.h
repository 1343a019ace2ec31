// What a function is applied to, and where its values go. A table says where the elements of each
// operand lie: the entry of one is
//   offset, the number of its first vector, the rank of the vectors, that of the elements,
//   sizes and steps of the axes of the vectors, sizes and steps of those of the elements
// where the rank of the vectors is 0 if they are listed.
typedef struct {
  index_t start; // of the vector at hand
  index_t step;  // from one element to the next, if they have one axis
  GLOBAL const index_t *axes;
  int rank;
} place_t;

// A structure that is returned gets a scope of its own in LLVM, of which oclgrind knows nothing: so
// what is read from memory is set.
INLINE void set_place(place_t *place, GLOBAL const index_t *entry, index_t start) {
  place->start = entry[0] + start;
  place->rank = (int) entry[3];
  place->axes = entry + 4 + 2 * entry[2];
  place->step = place->axes[place->rank];
}

INLINE void set_vector(place_t *place, GLOBAL const index_t *entry, index_t vector) {
  set_place(place, entry, position_of(entry[1] + vector, entry + 4, (int) entry[2]));
}

INLINE index_t position_in(place_t place, index_t i) {
  return place.start
      + (place.rank == 1 ? i * place.step : position_of(i, place.axes, place.rank));
}

// Whether elements are neighbours.
INLINE int is_line(place_t place) { return place.rank == 1 && place.step == 1; }

typedef struct {
  GLOBAL const element_t *x;
  GLOBAL const element_t *second;
  int has_second;
  int adds;
  int gap;   // between the pairs of elements of a work-item
  int slack; // so many elements behind those of a unit can be loaded, if they are neighbours
  place_t x_place;
  place_t second_place;
  place_t out_place;
} operands_t;

// Up to four elements of a vector, from number i on, of "count" that are left; others are zero.
INLINE elements_t elements_in(
    GLOBAL const element_t *from, place_t place, index_t i, int gap, int count) {
  if (place.rank == 1) {
    GLOBAL const element_t *at = from + (place.start + i * place.step);
    return count > gap + 1 ? elements_at(at, place.step, gap)
                           : some_elements(at, place.step, gap, count);
  }
  element_t x0 = from[position_in(place, i)];
  element_t x1 = count > 1 ? from[position_in(place, i + 1)] : 0;
  element_t x2 = count > gap ? from[position_in(place, i + gap)] : 0;
  element_t x3 = count > gap + 1 ? from[position_in(place, i + gap + 1)] : 0;
  elements_t x = {x0, x1, x2, x3};
  return x;
}

// Elements by their numbers; where there is none, it is negative.
INLINE elements_t numbered(GLOBAL const element_t *from, s32x4 number) {
  element_t x0 = number.x < 0 ? 0 : from[number.x];
  element_t x1 = number.y < 0 ? 0 : from[number.y];
  element_t x2 = number.z < 0 ? 0 : from[number.z];
  element_t x3 = number.w < 0 ? 0 : from[number.w];
  elements_t x = {x0, x1, x2, x3};
  return x;
}

INLINE void set_numbered(GLOBAL element_t *to, s32x4 number, elements_t y) {
  if (number.x >= 0) {
    to[number.x] = y.x;
  }
  if (number.y >= 0) {
    to[number.y] = y.y;
  }
  if (number.z >= 0) {
    to[number.z] = y.z;
  }
  if (number.w >= 0) {
    to[number.w] = y.w;
  }
}
