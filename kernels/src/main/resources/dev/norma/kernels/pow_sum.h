// POW_SUM: the sum of (|x| / scale)^p, where no term exceeds 1. Logarithm and power are the
// operations of the numeric contract, in fused multiply-adds alone: what a device's own functions
// return differs from one to the next.
#define TWO_OVER_LN2_HI 0x1.71547652b82fep1
#define TWO_OVER_LN2_LO 0x1.777d0ffda0d24p-55
#define LN2_OVER_8_HI 0x1.62e42fefa39efp-4
#define LN2_OVER_8_LO 0x1.abc9e3b39803fp-59
#define ROUND_TO_INTEGER 0x1.8p52 // adding and subtracting it does, ties to even
#define ONE_BITS 0x3FF0000000000000UL
#define ROOT_HALF_BITS 0x3FE6A09E667F3BCDUL
#define LOWEST_LOG2 -960.0 // terms below 2 to this cannot be seen beside the term 1

// exponent + (hi + lo).
typedef struct {
  double exponent;
  double hi;
  double lo;
} log2_t;

INLINE log2_t log2_of(double x) {
  int subnormal = x < 0x1p-1022;
  u64 bits = BITS_OF_F64(subnormal ? x * 0x1p54 : x);
  u64 biased = (bits + (ONE_BITS - ROOT_HALF_BITS)) >> 52;
  double m = F64_OF_BITS(bits - (biased << 52) + ONE_BITS);
  double f = m - 1.0;
  double g = m + 1.0;
  double g_lo = m - (g - 1.0);
  double reciprocal = 1.0 / g;
  double s = f * reciprocal;
  double s_lo = reciprocal * fma(-s, g_lo, fma(-s, g, f));
  double z = s * s;
  double w = 1.0 / 23.0;
  w = fma(w, z, 1.0 / 21.0);
  w = fma(w, z, 1.0 / 19.0);
  w = fma(w, z, 1.0 / 17.0);
  w = fma(w, z, 1.0 / 15.0);
  w = fma(w, z, 1.0 / 13.0);
  w = fma(w, z, 1.0 / 11.0);
  w = fma(w, z, 1.0 / 9.0);
  w = fma(w, z, 1.0 / 7.0);
  w = fma(w, z, 1.0 / 5.0);
  w = fma(w, z, 1.0 / 3.0);
  double tail = fma(s, z * w, s_lo);
  log2_t log;
  log.exponent = (double) ((int) biased - 1023 - (subnormal ? 54 : 0));
  log.hi = s * TWO_OVER_LN2_HI;
  log.lo = fma(s, TWO_OVER_LN2_HI, -log.hi) + fma(tail, TWO_OVER_LN2_HI, s * TWO_OVER_LN2_LO);
  return log;
}

// From e = 2^y - 1 to 2^(2y) - 1.
INLINE pair_t exp2_squared(pair_t e) {
  double twice = 2.0 * e.hi;
  double square = e.hi * e.hi;
  double square_lo = fma(e.hi, e.hi, -square) + twice * e.lo;
  double sum = twice + square;
  double sum_lo = (square - (sum - twice)) + (square_lo + 2.0 * e.lo);
  e.hi = sum + sum_lo;
  e.lo = sum_lo - (e.hi - sum);
  return e;
}

// 2^(r + lo) for |r| at most 1/2 and a far smaller lo.
INLINE pair_t exp2_of(double r, double lo) {
  double v = r * LN2_OVER_8_HI;
  double v_lo = fma(r, LN2_OVER_8_HI, -v) + fma(r, LN2_OVER_8_LO, lo * LN2_OVER_8_HI);
  double square = v * v;
  double square_lo = fma(v, v, -square);
  double w = 1.0 / 39916800.0;
  w = fma(w, v, 1.0 / 3628800.0);
  w = fma(w, v, 1.0 / 362880.0);
  w = fma(w, v, 1.0 / 40320.0);
  w = fma(w, v, 1.0 / 5040.0);
  w = fma(w, v, 1.0 / 720.0);
  w = fma(w, v, 1.0 / 120.0);
  w = fma(w, v, 1.0 / 24.0);
  w = fma(w, v, 1.0 / 6.0);
  double tail = (square * v) * w;
  double half_square = 0.5 * square;
  double sum = v + half_square;
  double sum_lo = (half_square - (sum - v)) + (fma(v, v_lo, 0.5 * square_lo) + (v_lo + tail));
  pair_t e;
  e.hi = sum + sum_lo;
  e.lo = sum_lo - (e.hi - sum);
  e = exp2_squared(exp2_squared(exp2_squared(e)));
  pair_t power;
  power.hi = 1.0 + e.hi;
  power.lo = (e.hi - (power.hi - 1.0)) + e.lo;
  return power;
}

typedef pair_t pow_sum_state;
typedef struct {
  double p;
  log2_t scale;
} pow_sum_context;

INLINE pow_sum_context pow_sum_prepare(double scale, double exponent) {
  pow_sum_context context;
  context.p = exponent;
  context.scale = log2_of(scale);
  return context;
}

INLINE pair_t power_term(bits_t x, pow_sum_context context) {
  pair_t term = {0.0, 0.0};
  if (x == 0 || x == INFINITY_BITS) {
    return term;
  }
  log2_t log = log2_of(value_of(x));
  double exponent = log.exponent - context.scale.exponent;
  double mantissa = log.hi - context.scale.hi;
  double mantissa_lo =
      sum_error(log.hi, -context.scale.hi, mantissa) + (log.lo - context.scale.lo);
  double ratio = exponent + mantissa;
  double ratio_lo = (mantissa - (ratio - exponent)) + mantissa_lo;
  double product = context.p * ratio;
  double product_lo = fma(context.p, ratio_lo, fma(context.p, ratio, -product));
  double y = product + product_lo;
  double y_lo = product_lo - (y - product);
  if (y > 0.0) {
    term.hi = 1.0; // the rounding of the logarithms, or a vector that nobody asks for
    return term;
  }
  if (!(y >= LOWEST_LOG2)) {
    return term;
  }
  double moved = y + ROUND_TO_INTEGER;
  pair_t fraction = exp2_of(y - (moved - ROUND_TO_INTEGER), y_lo);
  double power = F64_OF_BITS((BITS_OF_F64(moved) << 52) + ONE_BITS);
  term.hi = fraction.hi * power;
  term.lo = fraction.lo * power;
  return term;
}

INLINE pow_sum_state pow_sum_neutral(void) { return pair_neutral(); }
INLINE pow_sum_state pow_sum_fold(pow_sum_state a, pow_sum_state b) { return pair_fold(a, b); }
INLINE pow_sum_state pow_sum_add(pow_sum_state sum, bits_t x, pow_sum_context context) {
  pair_t term = power_term(x, context);
  return pair_add(sum, term.hi, term.lo);
}
INLINE void pow_sum_save(pow_sum_state sum, GLOBAL u64 *out, index_t at, index_t stride) {
  pair_save(sum, out, at, stride);
}
INLINE pow_sum_state pow_sum_load(GLOBAL const u64 *in, index_t at, index_t stride) {
  return pair_load(in, at, stride);
}
