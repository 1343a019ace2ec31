// SCALE: x times hi + lo, with powers of two before and after it.
typedef struct {
  f64x4 hi;
  f64x4 lo;
  f64x4 before;
  f64x4 after;
} function_context;

INLINE void function_prepare(
    function_context *context, GLOBAL const double *c, index_t stride, double exponent) {
  context->hi = (f64x4) (c[0]);
  context->lo = (f64x4) (c[stride]);
  context->before = (f64x4) (c[2 * stride]);
  context->after = (f64x4) (c[3 * stride]);
}
INLINE f64x4 function_of(f64x4 x, f64x4 w, function_context c) {
  f64x4 t = x * c.before;
  return (c.lo == 0.0 ? t * c.hi : fma(t, c.hi, t * c.lo)) * c.after;
}
