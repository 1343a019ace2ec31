// The nearest elements of binary16, from binary32, ties to even.
#ifdef F16_OF_F32
INLINE elements_t elements_of_binary32(u32x4 bits) {
  u32x4 rounded = U32_OF_U16(F16_OF_F32(F32_OF_BITS(bits)));
  return U16_OF_U32((bits & LARGEST_BITS) > INFINITY_BITS ? (u32x4) (0x7E00U) : rounded);
}
#else
// Of numbers below 2^-14, integers times 2^-24: the last bits of their sums with 1/2.
INLINE u32x4 small_f16_of(u32x4 bits) {
  return BITS_OF_F32(F32_OF_BITS(bits) + 0.5f) - 0x3F000000U;
}

INLINE elements_t elements_of_binary32(u32x4 bits) {
  u32x4 size = bits & LARGEST_BITS;
  u32x4 rounded = (size - 0x38000000U + 0x0FFFU + (size >> 13 & 1U)) >> 13;
  rounded = size < 0x38800000U ? small_f16_of(size) : rounded;
  rounded = size < 0x47800000U ? rounded : (u32x4) (0x7C00U); // from 2^16 on, infinity
  rounded = rounded | (bits >> 16 & 0x8000U);
  return U16_OF_U32(size > INFINITY_BITS ? (u32x4) (0x7E00U) : rounded);
}
#endif
INLINE elements_t elements_of(f64x4 y) { return elements_of_binary32(binary32_of(y)); }
