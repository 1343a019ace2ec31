// Running sums of four lanes. sum_add takes a term of each, sum_fold other sums; every operation is
// one of the numeric contract.

// Sums hi + lo.
typedef struct {
  f64x4 hi;
  f64x4 lo;
} pair_t;

typedef struct {
  double hi;
  double lo;
} pair_lane;

// The rounding errors of sum = a + b (TwoSum: Knuth, TAOCP 2, 4.2.2).
INLINE f64x4 sum_error(f64x4 a, f64x4 b, f64x4 sum) {
  f64x4 b_rounded = sum - a;
  return (a - (sum - b_rounded)) + (b - b_rounded);
}

INLINE pair_t pair_add(pair_t a, f64x4 hi, f64x4 lo) {
  f64x4 sum = a.hi + hi;
  a.lo = a.lo + (sum_error(a.hi, hi, sum) + lo);
  a.hi = sum;
  return a;
}

// The same bits whichever of the two comes first, see add_lanes.
INLINE pair_t pair_fold(pair_t a, pair_t b) {
  f64x4 sum = a.hi + b.hi;
  a.lo = (a.lo + b.lo) + sum_error(a.hi, b.hi, sum);
  a.hi = sum;
  return a;
}

INLINE pair_t pair_neutral(void) {
  pair_t zero = {(f64x4) (0.0), (f64x4) (0.0)};
  return zero;
}

INLINE pair_t pair_turned(pair_t sum) {
  sum.hi = sum.hi.yzwx;
  sum.lo = sum.lo.yzwx;
  return sum;
}

INLINE pair_lane pair_first(pair_t sum) {
  pair_lane first = {sum.hi.x, sum.lo.x};
  return first;
}

INLINE pair_t pair_four(pair_lane a, pair_lane b, pair_lane c, pair_lane d) {
  f64x4 hi = {a.hi, b.hi, c.hi, d.hi};
  f64x4 lo = {a.lo, b.lo, c.lo, d.lo};
  pair_t sum = {hi, lo};
  return sum;
}

INLINE void pair_save(pair_lane sum, GLOBAL u64 *out, index_t at, index_t stride) {
  out[at] = WORD_OF_F64(sum.hi);
  out[at + stride] = WORD_OF_F64(sum.lo);
}

INLINE pair_lane pair_load(GLOBAL const u64 *in, index_t at, index_t stride) {
  pair_lane sum = {F64_OF_WORD(in[at]), F64_OF_WORD(in[at + stride])};
  return sum;
}

// Sums of binary64 are pairs; those of the shorter types need no more than binary64.
#ifdef WIDE
#define SUM_SLOTS 2
typedef pair_t sum_t;
typedef pair_lane sum_lane;
INLINE sum_t sum_neutral(void) { return pair_neutral(); }
INLINE sum_t sum_fold(sum_t a, sum_t b) { return pair_fold(a, b); }
INLINE sum_t sum_turned(sum_t sum) { return pair_turned(sum); }
INLINE sum_lane sum_first(sum_t sum) { return pair_first(sum); }
INLINE sum_t sum_four(sum_lane a, sum_lane b, sum_lane c, sum_lane d) {
  return pair_four(a, b, c, d);
}
INLINE void sum_save(sum_lane sum, GLOBAL u64 *out, index_t at, index_t stride) {
  pair_save(sum, out, at, stride);
}
INLINE sum_lane sum_load(GLOBAL const u64 *in, index_t at, index_t stride) {
  return pair_load(in, at, stride);
}
#else
#define SUM_SLOTS 1
typedef f64x4 sum_t;
typedef double sum_lane;
INLINE sum_t sum_neutral(void) { return (f64x4) (0.0); }
INLINE sum_t sum_fold(sum_t a, sum_t b) { return a + b; }
INLINE sum_t sum_turned(sum_t sum) { return sum.yzwx; }
INLINE sum_lane sum_first(sum_t sum) { return sum.x; }
INLINE sum_t sum_four(sum_lane a, sum_lane b, sum_lane c, sum_lane d) {
  sum_t sum = {a, b, c, d};
  return sum;
}
INLINE void sum_save(sum_lane sum, GLOBAL u64 *out, index_t at, index_t stride) {
  out[at] = WORD_OF_F64(sum);
}
INLINE sum_lane sum_load(GLOBAL const u64 *in, index_t at, index_t stride) {
  return F64_OF_WORD(in[at]);
}
#endif

// What the terms of plain sums need to know of a vector: 1 / scale.
typedef double factor_t;
INLINE factor_t factor_of(double scale, double exponent) { return 1.0 / scale; }
