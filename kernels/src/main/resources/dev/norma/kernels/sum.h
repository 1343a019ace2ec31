// Running sums. sum_add takes a term, sum_fold another sum; every operation is one of the numeric
// contract.

// A sum hi + lo.
typedef struct {
  double hi;
  double lo;
} pair_t;

// The rounding error of sum = a + b (TwoSum: Knuth, TAOCP 2, 4.2.2).
INLINE double sum_error(double a, double b, double sum) {
  double b_rounded = sum - a;
  return (a - (sum - b_rounded)) + (b - b_rounded);
}

INLINE pair_t pair_add(pair_t a, double hi, double lo) {
  double sum = a.hi + hi;
  a.lo = a.lo + (sum_error(a.hi, hi, sum) + lo);
  a.hi = sum;
  return a;
}

INLINE pair_t pair_fold(pair_t a, pair_t b) {
  double sum = a.hi + b.hi;
  a.lo = (a.lo + b.lo) + sum_error(a.hi, b.hi, sum);
  a.hi = sum;
  return a;
}

INLINE pair_t pair_neutral(void) {
  pair_t zero = {0.0, 0.0};
  return zero;
}

INLINE void pair_save(pair_t sum, GLOBAL u64 *out, index_t at, index_t stride) {
  out[at] = BITS_OF_F64(sum.hi);
  out[at + stride] = BITS_OF_F64(sum.lo);
}

INLINE pair_t pair_load(GLOBAL const u64 *in, index_t at, index_t stride) {
  pair_t sum = {F64_OF_BITS(in[at]), F64_OF_BITS(in[at + stride])};
  return sum;
}

// Sums of binary64 are pairs; those of the shorter types need no more than binary64.
#ifdef WIDE
#define SUM_SLOTS 2
typedef pair_t sum_t;
INLINE sum_t sum_neutral(void) { return pair_neutral(); }
INLINE sum_t sum_fold(sum_t a, sum_t b) { return pair_fold(a, b); }
INLINE void sum_save(sum_t sum, GLOBAL u64 *out, index_t at, index_t stride) {
  pair_save(sum, out, at, stride);
}
INLINE sum_t sum_load(GLOBAL const u64 *in, index_t at, index_t stride) {
  return pair_load(in, at, stride);
}
#else
#define SUM_SLOTS 1
typedef double sum_t;
INLINE sum_t sum_neutral(void) { return 0.0; }
INLINE sum_t sum_fold(sum_t a, sum_t b) { return a + b; }
INLINE void sum_save(sum_t sum, GLOBAL u64 *out, index_t at, index_t stride) {
  out[at] = BITS_OF_F64(sum);
}
INLINE sum_t sum_load(GLOBAL const u64 *in, index_t at, index_t stride) {
  return F64_OF_BITS(in[at]);
}
#endif

// What the terms of plain sums need to know of a vector: 1 / scale.
typedef double factor_t;
INLINE factor_t factor_of(double scale, double exponent) { return 1.0 / scale; }
