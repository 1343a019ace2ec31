// CLAMP: x, no farther from 0 than a bound.
typedef f64x4 function_context;

INLINE void function_prepare(
    function_context *context, GLOBAL const double *c, index_t stride, double exponent) {
  *context = (f64x4) (c[0]);
}
INLINE f64x4 function_of(f64x4 x, f64x4 w, function_context bound) {
  f64x4 y = x < -bound ? -bound : x;
  return x > bound ? bound : y;
}
