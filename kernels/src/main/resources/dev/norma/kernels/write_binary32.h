// Numbers with their sign, of the types that are widened to binary32, and the bits of the nearest
// binary32 numbers, in which a NaN is any.
#ifdef FLUSHES_SUBNORMALS
INLINE f64x4 numbers_of_binary32(u32x4 bits) {
  u64x4 sign = U64_OF_U32(bits >> 31) << 63;
  return F64_OF_BITS(BITS_OF_F64(value_of(bits & LARGEST_BITS)) | sign);
}
INLINE f64x4 numbers_of(elements_t x) { return numbers_of_binary32(binary32_bits_of(x)); }

INLINE u32x4 binary32_of(f64x4 y) {
  u64x4 sign = BITS_OF_F64(y) >> 63 << 31;
  f64x4 size = F64_OF_BITS(BITS_OF_F64(y) & 0x7FFFFFFFFFFFFFFFUL);
  u64x4 bits = U64_OF_U32(BITS_OF_F32(F32_OF_F64(size)));
  // A subnormal number is an integer times 2^-149: the last bits of its sum with 2^52.
  bits = size < 0x1p-126 ? BITS_OF_F64(size * 0x1p149 + 0x1p52) & 0xFFFFFFFFUL : bits;
  return U32_OF_U64(sign | bits);
}
#else
INLINE f64x4 numbers_of(elements_t x) { return F64_OF_F32(F32_OF_BITS(binary32_bits_of(x))); }

INLINE u32x4 binary32_of(f64x4 y) { return BITS_OF_F32(F32_OF_F64(y)); }
#endif
