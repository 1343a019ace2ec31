// Multiples of elements of the shorter types, where they are written as they are: in binary32, as
// fma(x, head, x * rest), where the head has the first 24 bits of the factor, and the rest the others,
// rounded. Both have its sign, so that no product that is too large meets one of the other sign, and
// a rest of 0 multiplies no infinity.
#define IN_BINARY32(context) has_binary32_factor(context)
#define BINARY32_VALUES_OF(x, context) short_multiples_of(x, (context).hi)

INLINE int has_binary32_factor(function_context c) {
  double size = magnitude_of(c.hi).x;
  int in_range = size >= 0x1p-96 && size < 0x1p96;
  return (in_range || size == 0.0) && c.before.x == 1.0 && c.after.x == 1.0;
}

INLINE f64x4 head_of(f64x4 factor) {
  return F64_OF_BITS(BITS_OF_F64(factor) & 0xFFFFFFFFE0000000UL);
}
INLINE f64x4 rest_of(f64x4 factor) { return factor - head_of(factor); }

#ifdef FLUSHES_SUBNORMALS
// The same in binary64, where the products are exact. Their sum is rounded to odd, so that it is not
// rounded twice.
INLINE u32x4 binary32_multiples_of(elements_t x, f64x4 factor) {
  f64x4 a = numbers_of(x) * head_of(factor);
  f64x4 b = numbers_of(x) * numbers_of_binary32(binary32_of(rest_of(factor)));
  b = numbers_of_binary32(binary32_of(b));
  f64x4 sum = a + b;
  f64x4 back = sum - a;
  f64x4 error = (a - (sum - back)) + (b - back);
  u64x4 bits = BITS_OF_F64(sum);
  u64x4 outward = MASK_64((error > 0.0) == (sum > 0.0)); // all bits, or none
  u64x4 odd = (bits & 1UL) != 0UL ? bits : bits + (outward & 2UL) - 1UL;
  bits = magnitude_of(error) > 0.0 ? odd : bits; // of what is no number, there is no error
  bits = rest_of(factor) == 0.0 ? BITS_OF_F64(a) : bits;
  return binary32_of(F64_OF_BITS(bits));
}
#else
INLINE u32x4 binary32_multiples_of(elements_t x, f64x4 factor) {
  f32x4 v = F32_OF_BITS(binary32_bits_of(x));
  f32x4 a = v * F32_OF_F64(head_of(factor));
  f32x4 y = fma(v, F32_OF_F64(head_of(factor)), v * F32_OF_F64(rest_of(factor)));
  return BITS_OF_F32(rest_of(factor).x == 0.0 ? a : y);
}
#endif

INLINE u32 less_of(u32 a, u32 b) { return a < b ? a : b; }

INLINE elements_t short_multiples_of(elements_t x, f64x4 factor) {
  u32x4 y = binary32_multiples_of(x, factor);
#if ELEMENT_BYTES == 4
  // Where a product is so small that x * rest is rounded to the same last bit, or nearly, it is
  // computed in binary64: below 2^-124, unless it is 0, which is the largest here.
  u32x4 order = (y << 1) - 1U;
  u32 small = 2U * 0x01800000U - 1U;
  if (less_of(less_of(order.x, order.y), less_of(order.z, order.w)) < small) {
    y = order < small ? binary32_of(numbers_of(x) * factor) : y;
  }
#endif
  return elements_of_binary32(y);
}
