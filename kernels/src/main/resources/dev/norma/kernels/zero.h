// ZERO: 0, also of a NaN.
typedef int function_context;

INLINE void function_prepare(
    function_context *context, GLOBAL const double *c, index_t stride, double exponent) {
  *context = 0;
}
INLINE f64x4 function_of(f64x4 x, f64x4 w, function_context none) { return (f64x4) (0.0); }
