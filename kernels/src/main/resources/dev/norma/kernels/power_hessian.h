// HESSIAN where q is not 0: c 2^k (|x| / scale)^q times w - x b e.
#define OF_TWO

typedef struct {
  f64x4 e;
  f64x4 b;
  factor_context factor;
} function_context;

INLINE void function_prepare(
    function_context *context, GLOBAL const double *c, index_t stride, double exponent) {
  context->e = (f64x4) (c[0]);
  context->b = (f64x4) (c[stride]);
  factor_prepare(&context->factor, c + 2 * stride, stride, exponent);
}
INLINE f64x4 function_of(f64x4 x, f64x4 w, function_context context) {
  f64x4 rest = fma(-(x * context.b), context.e, w);
  return factor_or_zero(magnitude_of(x), rest, context.factor);
}
