// HESSIAN where q is 0: c 2^k times w - x b e.
#define OF_TWO

typedef struct {
  f64x4 e;
  f64x4 b;
  f64x4 c;
  f64x4 first; // 2^k in two steps
  f64x4 second;
} function_context;

INLINE void function_prepare(
    function_context *context, GLOBAL const double *c, index_t stride, double exponent) {
  context->e = (f64x4) (c[0]);
  context->b = (f64x4) (c[stride]);
  context->c = (f64x4) (c[2 * stride]);
  f64x4 k = exponent_in_reach((f64x4) (c[3 * stride]));
  context->first = power_of_two(first_half_of(k));
  context->second = power_of_two(k - first_half_of(k));
}
INLINE f64x4 function_of(f64x4 x, f64x4 w, function_context context) {
  f64x4 rest = fma(-(x * context.b), context.e, w);
  return context.c * rest * context.first * context.second;
}
