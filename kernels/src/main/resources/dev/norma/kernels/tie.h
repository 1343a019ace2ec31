// TIE: c with the sign of x where |x| is m, 0 elsewhere.
typedef struct {
  f64x4 m;
  f64x4 c;
} function_context;

INLINE void function_prepare(
    function_context *context, GLOBAL const double *c, index_t stride, double exponent) {
  context->m = (f64x4) (c[0]);
  context->c = (f64x4) (c[stride]);
}
INLINE f64x4 function_of(f64x4 x, f64x4 w, function_context t) {
  f64x4 share = x < 0.0 ? -t.c : t.c;
  return magnitude_of(x) == t.m ? share : zero_of_finite(t.c);
}
