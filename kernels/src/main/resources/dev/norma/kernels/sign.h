// SIGN: c with the sign of x, 0 where x is 0.
typedef f64x4 function_context;

INLINE void function_prepare(
    function_context *context, GLOBAL const double *c, index_t stride, double exponent) {
  *context = (f64x4) (c[0]);
}
INLINE f64x4 function_of(f64x4 x, f64x4 w, function_context c) {
  f64x4 y = x == 0.0 ? zero_of_finite(c) : x; // of a NaN, NaN
  y = x < 0.0 ? -c : y;
  return x > 0.0 ? c : y;
}
