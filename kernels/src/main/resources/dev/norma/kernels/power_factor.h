// The factors (|x| / scale)^q of POWER and HESSIAN, over the whole range of numbers.
#define BOUND_BY_ARITHMETIC
#define FARTHEST_LOG2 4200.0 // a factor beyond 2 to this is infinite, whatever it multiplies

typedef struct {
  f64x4 q;
  f64x4 c;
  f64x4 k;
  power_scale scale;
} factor_context;

INLINE void factor_prepare(
    factor_context *context, GLOBAL const double *c, index_t stride, double q) {
  context->q = (f64x4) (q);
  context->c = (f64x4) (c[0]);
  context->k = (f64x4) (c[stride]);
  context->scale = power_scale_of(
      (f64x4) (c[2 * stride]), (f64x4) (c[3 * stride]), (f64x4) (c[4 * stride]));
}

// c 2^k (size / scale)^q f for positive finite sizes, of a size that no factor on the way exceeds.
INLINE f64x4 factor_times(f64x4 size, f64x4 f, factor_context context) {
  pair_t product = log2_of_power(size, context.scale, context.q);
  f64x4 y = product.hi + product.lo;
  f64x4 y_lo = product.lo - (y - product.hi);
  // Also where the product is infinite, and y no number.
  f64x4 far = product.hi > 0.0 ? (f64x4) (FARTHEST_LOG2) : (f64x4) (-FARTHEST_LOG2);
  u64x4 near = MASK_64(magnitude_of(product.hi) < FARTHEST_LOG2);
  y = near ? y : far;
  y_lo = near ? y_lo : (f64x4) (0.0);
  f64x4 n = rounded_to_integer(y);
  pair_t power = exp2_of(y - n, y_lo);
  return scaled_by(fma(power.hi, context.c, power.lo * context.c) * f, n + context.k);
}

// The same, and 0 for a size of 0 or infinity.
INLINE f64x4 factor_or_zero(f64x4 size, f64x4 f, factor_context context) {
  u64x4 other = MASK_64(size == 0.0) | MASK_64(BITS_OF_F64(size) == 0x7FF0000000000000UL);
  return other ? zero_of_finite(context.c) : factor_times(size, f, context);
}
