// POWER: c 2^k (|x| / scale)^q with the sign of x.
typedef factor_context function_context;

INLINE void function_prepare(
    function_context *context, GLOBAL const double *c, index_t stride, double exponent) {
  factor_prepare(context, c, stride, exponent);
}
INLINE f64x4 function_of(f64x4 x, f64x4 w, function_context context) {
  f64x4 y = factor_or_zero(magnitude_of(x), (f64x4) (1.0), context);
  u64x4 turned = MASK_64(x < 0.0) & MASK_64(BITS_OF_F64(x) != 0xFFF0000000000000UL);
  return turned ? -y : y;
}
