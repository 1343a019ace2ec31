// SHRINK: x, nearer to 0 by hi + lo where it is farther than a bound, and 0 within it.
typedef struct {
  f64x4 bound;
  f64x4 hi;
  f64x4 lo;
} function_context;

INLINE void function_prepare(
    function_context *context, GLOBAL const double *c, index_t stride, double exponent) {
  context->bound = (f64x4) (c[0]);
  context->hi = (f64x4) (c[stride]);
  context->lo = (f64x4) (c[2 * stride]);
}
INLINE f64x4 function_of(f64x4 x, f64x4 w, function_context t) {
  f64x4 y = x < -t.bound ? x + t.hi + t.lo : zero_of_finite(x);
  return x > t.bound ? x - t.hi - t.lo : y;
}
