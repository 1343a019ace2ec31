// SHRINK: x, nearer to 0 by a threshold, and 0 within it.
typedef f64x4 function_context;

INLINE void function_prepare(
    function_context *context, GLOBAL const double *c, index_t stride, double exponent) {
  *context = (f64x4) (c[0]);
}
INLINE f64x4 function_of(f64x4 x, f64x4 w, function_context threshold) {
  f64x4 y = x < -threshold ? x + threshold : zero_of_finite(x);
  return x > threshold ? x - threshold : y;
}
