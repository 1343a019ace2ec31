// EQUAL: 1 where |x| is m, 0 elsewhere.
typedef f64x4 function_context;

INLINE void function_prepare(
    function_context *context, GLOBAL const double *c, index_t stride, double exponent) {
  *context = (f64x4) (c[0]);
}
INLINE f64x4 function_of(f64x4 x, f64x4 w, function_context m) {
  return magnitude_of(x) == m ? (f64x4) (1.0) : (f64x4) (0.0);
}
