// Logarithm and power of two, the operations of the numeric contract, in fused multiply-adds alone:
// what a device's own functions return differs from one to the next.
#define TWO_OVER_LN2_HI 0x1.71547652b82fep1
#define TWO_OVER_LN2_LO 0x1.777d0ffda0d24p-55
#define LN2_OVER_8_HI 0x1.62e42fefa39efp-4
#define LN2_OVER_8_LO 0x1.abc9e3b39803fp-59
// A small integer as the last bits of a number from 2^52 on, which are worth 1.
#define TWO_52_BITS 0x4330000000000000UL
#define EXPONENT_BIAS (0x1p52 + 1023.0) // of such a number, if it is an exponent
#define ROOT_HALF 0x1.6a09e667f3bcdp-1

// What powers are taken over: h 2^(e + rest), for h in [1, 2).
typedef struct {
  f64x4 h;
  f64x4 rest;
  u64x4 shift; // added to the bits of a number, it lets the exponent step at ROOT_HALF of h
  f64x4 bias; // of exponents, with e
} power_scale;

INLINE power_scale power_scale_of(f64x4 h, f64x4 rest, f64x4 e) {
  power_scale scale;
  scale.h = h;
  scale.rest = rest;
  scale.shift = ONE_BITS - BITS_OF_F64(h * ROOT_HALF);
  scale.bias = e + EXPONENT_BIAS;
  return scale;
}

// m 2^exponent, but for what a bias has beyond its own: m from where a shift lets exponents step.
typedef struct {
  f64x4 m;
  f64x4 exponent;
} mantissa_t;

INLINE mantissa_t mantissa_of(f64x4 x, u64x4 shift, f64x4 bias) {
  u64x4 subnormal = MASK_64(x < 0x1p-1022);
  u64x4 bits = BITS_OF_F64(subnormal ? x * 0x1p54 : x);
  u64x4 biased = (bits + shift) >> 52;
  mantissa_t parts;
  parts.m = F64_OF_BITS(bits - (biased << 52) + ONE_BITS);
  f64x4 exponent = F64_OF_BITS(biased | TWO_52_BITS) - bias;
  parts.exponent = subnormal ? exponent - 54.0 : exponent;
  return parts;
}

// The logarithm of (x / scale)^p.
INLINE pair_t log2_of_power(f64x4 x, power_scale scale, f64x4 p) {
  mantissa_t parts = mantissa_of(x, scale.shift, scale.bias);
  f64x4 f = parts.m - scale.h;
  f64x4 g = parts.m + scale.h;
  f64x4 g_lo = f - fma((f64x4) (-2.0), scale.h, g); // g - 2 h, which is exact
  f64x4 reciprocal = 1.0 / g;
  f64x4 s = f * reciprocal;
  f64x4 s_lo = reciprocal * fma(-s, g_lo, fma(-s, g, f));
  f64x4 z = s * s;
  f64x4 w = (f64x4) (1.0 / 23.0);
  w = fma(w, z, (f64x4) (1.0 / 21.0));
  w = fma(w, z, (f64x4) (1.0 / 19.0));
  w = fma(w, z, (f64x4) (1.0 / 17.0));
  w = fma(w, z, (f64x4) (1.0 / 15.0));
  w = fma(w, z, (f64x4) (1.0 / 13.0));
  w = fma(w, z, (f64x4) (1.0 / 11.0));
  w = fma(w, z, (f64x4) (1.0 / 9.0));
  w = fma(w, z, (f64x4) (1.0 / 7.0));
  w = fma(w, z, (f64x4) (1.0 / 5.0));
  w = fma(w, z, (f64x4) (1.0 / 3.0));
  f64x4 tail = fma(s, z * w, s_lo);
  f64x4 two_over_ln2 = (f64x4) (TWO_OVER_LN2_HI);
  f64x4 hi = s * two_over_ln2;
  f64x4 lo = fma(s, two_over_ln2, -hi) + fma(tail, two_over_ln2, s * TWO_OVER_LN2_LO);
  f64x4 ratio = parts.exponent + hi;
  f64x4 ratio_lo = (hi - (ratio - parts.exponent)) + (lo - scale.rest);
  pair_t product;
  product.hi = p * ratio;
  product.lo = fma(p, ratio_lo, fma(p, ratio, -product.hi));
  return product;
}

// From e = 2^y - 1 to 2^(2y) - 1.
INLINE pair_t exp2_squared(pair_t e) {
  f64x4 twice = 2.0 * e.hi;
  f64x4 square = e.hi * e.hi;
  f64x4 square_lo = fma(e.hi, e.hi, -square) + twice * e.lo;
  f64x4 sum = twice + square;
  f64x4 sum_lo = (square - (sum - twice)) + (square_lo + 2.0 * e.lo);
  e.hi = sum + sum_lo;
  e.lo = sum_lo - (e.hi - sum);
  return e;
}

// 2^(r + lo) for |r| at most 1/2 and a far smaller lo.
INLINE pair_t exp2_of(f64x4 r, f64x4 lo) {
  f64x4 c = (f64x4) (LN2_OVER_8_HI);
  f64x4 v = r * c;
  f64x4 v_lo = fma(r, c, -v) + fma(r, (f64x4) (LN2_OVER_8_LO), lo * c);
  f64x4 square = v * v;
  f64x4 square_lo = fma(v, v, -square);
  f64x4 w = (f64x4) (1.0 / 39916800.0);
  w = fma(w, v, (f64x4) (1.0 / 3628800.0));
  w = fma(w, v, (f64x4) (1.0 / 362880.0));
  w = fma(w, v, (f64x4) (1.0 / 40320.0));
  w = fma(w, v, (f64x4) (1.0 / 5040.0));
  w = fma(w, v, (f64x4) (1.0 / 720.0));
  w = fma(w, v, (f64x4) (1.0 / 120.0));
  w = fma(w, v, (f64x4) (1.0 / 24.0));
  w = fma(w, v, (f64x4) (1.0 / 6.0));
  f64x4 tail = (square * v) * w;
  f64x4 half_square = 0.5 * square;
  f64x4 sum = v + half_square;
  f64x4 sum_lo = (half_square - (sum - v)) + (fma(v, v_lo, 0.5 * square_lo) + (v_lo + tail));
  pair_t e;
  e.hi = sum + sum_lo;
  e.lo = sum_lo - (e.hi - sum);
  e = exp2_squared(exp2_squared(exp2_squared(e)));
  pair_t power;
  power.hi = 1.0 + e.hi;
  power.lo = (e.hi - (power.hi - 1.0)) + e.lo;
  return power;
}
